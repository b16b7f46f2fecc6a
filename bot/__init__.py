"""The process: command line, settings, logging, the network, and the application put together."""
