"""Parts of `spotwire.bitunix`, imported when they are first used. Generated; do not edit."""
