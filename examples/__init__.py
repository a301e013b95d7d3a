"""Scripts that use spotwire as its users do, against the simulated venues."""
