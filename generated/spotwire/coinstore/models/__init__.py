"""Parts of `spotwire.coinstore`, imported when they are first used. Generated; do not edit."""
