"""Parts of `spotwire.mexc`, imported when they are first used. Generated; do not edit."""
