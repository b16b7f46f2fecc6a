-- The state from the first day. $serial is a number that counts up by itself, in the database's own words.
-- Moments are seconds since 1970 (UTC); a topic of 0 is "no forum topic"; lists and values are JSON.

CREATE TABLE chats (
    id BIGINT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    language TEXT,
    hour INTEGER,
    zone TEXT,
    quiet_from INTEGER,
    quiet_until INTEGER,
    frequency TEXT,
    active BOOLEAN NOT NULL DEFAULT TRUE,
    reason TEXT,
    since DOUBLE PRECISION NOT NULL,
    created DOUBLE PRECISION NOT NULL
);

CREATE TABLE conversations (
    chat BIGINT NOT NULL,
    topic BIGINT NOT NULL,
    person BIGINT NOT NULL,
    question BIGINT NOT NULL,
    conversation TEXT NOT NULL,
    expires DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (chat, topic, person)
);
CREATE INDEX conversations_expires ON conversations (expires);

CREATE TABLE receipts (
    id TEXT NOT NULL PRIMARY KEY,
    chat BIGINT,
    question TEXT NOT NULL,
    language TEXT NOT NULL,
    previous TEXT,
    reading TEXT NOT NULL,
    edition TEXT NOT NULL,
    figures TEXT NOT NULL,
    events TEXT NOT NULL,
    asked_on TEXT NOT NULL,
    created DOUBLE PRECISION NOT NULL
);
CREATE INDEX receipts_chat ON receipts (chat);
CREATE INDEX receipts_created ON receipts (created);

CREATE TABLE answers (
    chat BIGINT NOT NULL,
    question BIGINT NOT NULL,
    person BIGINT,
    receipt TEXT NOT NULL,
    question_text TEXT NOT NULL,
    previous TEXT,
    messages TEXT NOT NULL,
    expires DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (chat, question)
);
CREATE INDEX answers_receipt ON answers (receipt);
CREATE INDEX answers_expires ON answers (expires);

CREATE TABLE feedback (
    id $serial,
    receipt TEXT NOT NULL,
    person BIGINT NOT NULL,
    verdict INTEGER NOT NULL,
    comment TEXT,
    created DOUBLE PRECISION NOT NULL,
    UNIQUE (receipt, person)
);
CREATE INDEX feedback_person ON feedback (person);

CREATE TABLE unanswered (
    id $serial,
    folded TEXT NOT NULL,
    language TEXT NOT NULL,
    question TEXT NOT NULL,
    trouble TEXT NOT NULL,
    times INTEGER NOT NULL,
    state TEXT NOT NULL,
    note TEXT,
    created DOUBLE PRECISION NOT NULL,
    changed DOUBLE PRECISION NOT NULL,
    UNIQUE (folded, language)
);
CREATE INDEX unanswered_state ON unanswered (state, times);

CREATE TABLE waiting (
    unanswered BIGINT NOT NULL REFERENCES unanswered (id) ON DELETE CASCADE,
    chat BIGINT NOT NULL,
    created DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (unanswered, chat)
);
CREATE INDEX waiting_chat ON waiting (chat);

CREATE TABLE subscriptions (
    id $serial,
    chat BIGINT NOT NULL,
    topic BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    language TEXT NOT NULL,
    previous TEXT,
    frequency TEXT NOT NULL,
    paused BOOLEAN NOT NULL DEFAULT FALSE,
    seen TEXT,
    created DOUBLE PRECISION NOT NULL,
    UNIQUE (chat, topic, kind, subject)
);
CREATE INDEX subscriptions_subject ON subscriptions (kind, subject);

CREATE TABLE inbox (
    update_id BIGINT NOT NULL PRIMARY KEY,
    lane BIGINT NOT NULL,
    body TEXT,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    received DOUBLE PRECISION NOT NULL,
    done DOUBLE PRECISION
);
CREATE INDEX inbox_state ON inbox (state, lane, update_id);
CREATE INDEX inbox_received ON inbox (received);

CREATE TABLE outbox (
    id $serial,
    chat BIGINT NOT NULL,
    topic BIGINT NOT NULL,
    kind TEXT NOT NULL,
    dedupe TEXT NOT NULL,
    body TEXT,
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    not_before DOUBLE PRECISION NOT NULL,
    owner TEXT,
    lease_until DOUBLE PRECISION,
    attempts INTEGER NOT NULL DEFAULT 0,
    ambiguous INTEGER NOT NULL DEFAULT 0,
    message BIGINT,
    error TEXT,
    created DOUBLE PRECISION NOT NULL,
    changed DOUBLE PRECISION NOT NULL,
    UNIQUE (chat, topic, dedupe)
);
CREATE INDEX outbox_due ON outbox (state, not_before);

CREATE TABLE releases (
    subject TEXT NOT NULL,
    period TEXT NOT NULL,
    version TEXT NOT NULL,
    enqueued DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (subject, period, version)
);

CREATE TABLE audit (
    id $serial,
    moment DOUBLE PRECISION NOT NULL,
    who BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE files (
    picture TEXT NOT NULL PRIMARY KEY,
    file_id TEXT NOT NULL,
    used DOUBLE PRECISION NOT NULL
);

CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    owner TEXT NOT NULL,
    fence BIGINT NOT NULL,
    until DOUBLE PRECISION NOT NULL
);

CREATE TABLE marks (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL,
    changed DOUBLE PRECISION NOT NULL
);
