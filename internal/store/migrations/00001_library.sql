-- One text for SQLite and PostgreSQL: TEXT ids, BIGINT milliseconds since 1970,
-- BOOLEAN, no BLOB, no identity columns, no collation that the engines do not share.

-- +goose Up

-- seq is given out inside each write transaction; the feed holds the changes after horizon.
CREATE TABLE clock (
	id      BIGINT PRIMARY KEY,
	seq     BIGINT NOT NULL,
	horizon BIGINT NOT NULL
);
INSERT INTO clock (id, seq, horizon) VALUES (1, 0, 0);

CREATE TABLE feed (
	seq     BIGINT PRIMARY KEY,
	guild   TEXT NOT NULL,
	kind    TEXT NOT NULL,
	subject TEXT NOT NULL,
	at      BIGINT NOT NULL
);

CREATE TABLE leases (
	name    TEXT PRIMARY KEY,
	holder  TEXT NOT NULL,
	epoch   BIGINT NOT NULL,
	expires BIGINT NOT NULL
);

-- version grows with each write to the guild, which makes writers of one guild take turns.
CREATE TABLE guilds (
	guild     TEXT PRIMARY KEY,
	version   BIGINT NOT NULL,
	joined_at BIGINT NOT NULL,
	left_at   BIGINT NOT NULL
);

CREATE TABLE settings (
	guild TEXT NOT NULL,
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (guild, name)
);

CREATE TABLE revisions (
	guild    TEXT NOT NULL,
	hash     TEXT NOT NULL,
	article  TEXT NOT NULL,
	revision TEXT NOT NULL,
	title    TEXT NOT NULL,
	source   TEXT NOT NULL,
	actor    TEXT NOT NULL,
	note     TEXT NOT NULL,
	at       BIGINT NOT NULL,
	seq      BIGINT NOT NULL,
	PRIMARY KEY (guild, article, hash)
);
CREATE INDEX revisions_seq ON revisions (guild, seq);

CREATE TABLE texts (
	guild     TEXT NOT NULL,
	revision  TEXT NOT NULL,
	canonical TEXT NOT NULL,
	PRIMARY KEY (guild, revision)
);

CREATE TABLE publications (
	guild   TEXT NOT NULL,
	article TEXT NOT NULL,
	state   TEXT NOT NULL,
	own     BOOLEAN NOT NULL,
	hash    TEXT NOT NULL,
	actor   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (guild, article)
);

CREATE TABLE reviews (
	guild   TEXT NOT NULL,
	article TEXT NOT NULL,
	seq     BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	actor   TEXT NOT NULL,
	on_day  TEXT NOT NULL,
	next    TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (guild, article, seq)
);

CREATE TABLE posted (
	guild         TEXT NOT NULL,
	id            TEXT NOT NULL,
	channel       TEXT NOT NULL,
	message       TEXT NOT NULL,
	question      TEXT NOT NULL,
	outcome       TEXT NOT NULL,
	tier          TEXT NOT NULL,
	article       TEXT NOT NULL,
	revision      TEXT NOT NULL,
	start_at      BIGINT NOT NULL,
	end_at        BIGINT NOT NULL,
	hash          TEXT NOT NULL,
	others        TEXT NOT NULL,
	asker         TEXT NOT NULL,
	at            BIGINT NOT NULL,
	expires       BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);
CREATE UNIQUE INDEX posted_question ON posted (guild, question);
CREATE INDEX posted_message ON posted (guild, message);
CREATE INDEX posted_article ON posted (guild, article, at, id);
CREATE INDEX posted_expires ON posted (expires);

CREATE TABLE votes (
	guild   TEXT NOT NULL,
	answer  TEXT NOT NULL,
	voter   TEXT NOT NULL,
	verdict TEXT NOT NULL,
	PRIMARY KEY (guild, answer, voter)
);

CREATE TABLE daily (
	guild TEXT NOT NULL,
	day   TEXT NOT NULL,
	name  TEXT NOT NULL,
	count BIGINT NOT NULL,
	PRIMARY KEY (guild, day, name)
);

CREATE TABLE missed (
	guild TEXT NOT NULL,
	id    TEXT NOT NULL,
	text  TEXT NOT NULL,
	at    BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);
CREATE INDEX missed_at ON missed (at);

CREATE TABLE golden (
	guild    TEXT NOT NULL,
	id       TEXT NOT NULL,
	question TEXT NOT NULL,
	expect   TEXT NOT NULL,
	article  TEXT NOT NULL,
	revision TEXT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at   BIGINT NOT NULL,
	tier     TEXT NOT NULL,
	actor    TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

CREATE TABLE bank (
	guild    TEXT NOT NULL,
	id       TEXT NOT NULL,
	question TEXT NOT NULL,
	article  TEXT NOT NULL,
	actor    TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

CREATE TABLE synonyms (
	guild   TEXT NOT NULL,
	id      TEXT NOT NULL,
	words   TEXT NOT NULL,
	related BOOLEAN NOT NULL,
	actor   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

CREATE TABLE corrections (
	guild      TEXT NOT NULL,
	id         TEXT NOT NULL,
	answer     TEXT NOT NULL,
	kind       TEXT NOT NULL,
	preference TEXT NOT NULL,
	golden     TEXT NOT NULL,
	actor      TEXT NOT NULL,
	at         BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

CREATE TABLE preferences (
	guild    TEXT NOT NULL,
	id       TEXT NOT NULL,
	question TEXT NOT NULL,
	article  TEXT NOT NULL,
	revision TEXT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at   BIGINT NOT NULL,
	actor    TEXT NOT NULL,
	at       BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

CREATE TABLE drafts (
	guild  TEXT NOT NULL,
	id     TEXT NOT NULL,
	title  TEXT NOT NULL,
	source TEXT NOT NULL,
	base   TEXT NOT NULL,
	actor  TEXT NOT NULL,
	at     BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

CREATE TABLE watches (
	guild   TEXT NOT NULL,
	id      TEXT NOT NULL,
	url     TEXT NOT NULL,
	article TEXT NOT NULL,
	page    TEXT NOT NULL,
	every   BIGINT NOT NULL,
	checked BIGINT NOT NULL,
	actor   TEXT NOT NULL,
	at      BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

-- body is base64: a page may hold any byte.
CREATE TABLE pages (
	guild TEXT NOT NULL,
	hash  TEXT NOT NULL,
	body  TEXT NOT NULL,
	at    BIGINT NOT NULL,
	PRIMARY KEY (guild, hash)
);
CREATE INDEX pages_at ON pages (at);

CREATE TABLE proposals (
	guild      TEXT NOT NULL,
	id         TEXT NOT NULL,
	kind       TEXT NOT NULL,
	topic      TEXT NOT NULL,
	body       TEXT NOT NULL,
	state      TEXT NOT NULL,
	actor      TEXT NOT NULL,
	decided_by TEXT NOT NULL,
	at         BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);

CREATE TABLE optins (
	guild TEXT NOT NULL,
	who   TEXT NOT NULL,
	at    BIGINT NOT NULL,
	PRIMARY KEY (guild, who)
);

CREATE TABLE audit (
	guild   TEXT NOT NULL,
	n       BIGINT NOT NULL,
	at      BIGINT NOT NULL,
	actor   TEXT NOT NULL,
	action  TEXT NOT NULL,
	subject TEXT NOT NULL,
	before  TEXT NOT NULL,
	after   TEXT NOT NULL,
	reason  TEXT NOT NULL,
	prev    TEXT NOT NULL,
	hash    TEXT NOT NULL,
	PRIMARY KEY (guild, n)
);

CREATE TABLE jobs (
	guild      TEXT NOT NULL,
	id         TEXT NOT NULL,
	kind       TEXT NOT NULL,
	job_key    TEXT NOT NULL,
	args       TEXT NOT NULL,
	state      TEXT NOT NULL,
	done       BIGINT NOT NULL,
	total      BIGINT NOT NULL,
	cursor_at  TEXT NOT NULL,
	note       TEXT NOT NULL,
	cancelling BOOLEAN NOT NULL,
	holder     TEXT NOT NULL,
	epoch      BIGINT NOT NULL,
	expires    BIGINT NOT NULL,
	created    BIGINT NOT NULL,
	updated    BIGINT NOT NULL,
	seq        BIGINT NOT NULL,
	PRIMARY KEY (guild, id)
);
CREATE UNIQUE INDEX jobs_key ON jobs (guild, job_key);
CREATE INDEX jobs_alive ON jobs (state, seq);

-- +goose Down

DROP TABLE jobs;
DROP TABLE audit;
DROP TABLE optins;
DROP TABLE proposals;
DROP TABLE pages;
DROP TABLE watches;
DROP TABLE drafts;
DROP TABLE preferences;
DROP TABLE corrections;
DROP TABLE synonyms;
DROP TABLE bank;
DROP TABLE golden;
DROP TABLE missed;
DROP TABLE daily;
DROP TABLE votes;
DROP TABLE posted;
DROP TABLE reviews;
DROP TABLE publications;
DROP TABLE texts;
DROP TABLE revisions;
DROP TABLE settings;
DROP TABLE guilds;
DROP TABLE leases;
DROP TABLE feed;
DROP TABLE clock;
