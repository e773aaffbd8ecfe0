"""One module a step, the first `r0001`."""
