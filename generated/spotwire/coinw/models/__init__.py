"""Parts of `spotwire.coinw`, imported when they are first used. Generated; do not edit."""
