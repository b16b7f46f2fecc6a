-- How fast messages go out, over all processes: the next free moment, and messages a second.

CREATE TABLE pace (
    name TEXT NOT NULL PRIMARY KEY,
    next DOUBLE PRECISION NOT NULL,
    rate DOUBLE PRECISION NOT NULL
);
