"""The steps by which the state database came to be, one SQL file each; a published one is never changed."""
