// Runs built tools.
