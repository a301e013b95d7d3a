"""Parts of `spotwire.jex`, imported when they are first used. Generated; do not edit."""
