-- What moderators work with: what stands against a posted answer, what its message
-- says became of it, what a correction found and replaced, and how far something has come.
-- The defaults also serve programs of the version before, until they are replaced.

-- +goose Up

-- against_article is the article of the first place in against, for the index.
ALTER TABLE posted ADD COLUMN against TEXT NOT NULL DEFAULT 'null';
ALTER TABLE posted ADD COLUMN against_article TEXT NOT NULL DEFAULT '';
ALTER TABLE posted ADD COLUMN decisive_start BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posted ADD COLUMN decisive_end BIGINT NOT NULL DEFAULT 0;
ALTER TABLE posted ADD COLUMN minor BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE posted ADD COLUMN private BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE posted ADD COLUMN shown TEXT NOT NULL DEFAULT '';
CREATE INDEX posted_against ON posted (guild, against_article, at, id);

ALTER TABLE corrections ADD COLUMN hash TEXT NOT NULL DEFAULT '';
ALTER TABLE corrections ADD COLUMN was_place TEXT NOT NULL DEFAULT '';
ALTER TABLE corrections ADD COLUMN right_place TEXT NOT NULL DEFAULT '';
ALTER TABLE corrections ADD COLUMN replaced TEXT NOT NULL DEFAULT '';

CREATE INDEX missed_newest ON missed (guild, at, id);

CREATE TABLE marks (
	guild TEXT NOT NULL,
	name  TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (guild, name)
);

-- Where questions were answered unasked before there was a checklist, they still are.
INSERT INTO settings (guild, name, value)
	SELECT DISTINCT guild, 'ready', 'on' FROM settings WHERE name IN ('auto-channels', 'forum-channels') AND value <> '';

-- +goose Down

DROP TABLE marks;
DROP INDEX missed_newest;
ALTER TABLE corrections DROP COLUMN replaced;
ALTER TABLE corrections DROP COLUMN right_place;
ALTER TABLE corrections DROP COLUMN was_place;
ALTER TABLE corrections DROP COLUMN hash;
DROP INDEX posted_against;
ALTER TABLE posted DROP COLUMN shown;
ALTER TABLE posted DROP COLUMN private;
ALTER TABLE posted DROP COLUMN minor;
ALTER TABLE posted DROP COLUMN decisive_end;
ALTER TABLE posted DROP COLUMN decisive_start;
ALTER TABLE posted DROP COLUMN against_article;
ALTER TABLE posted DROP COLUMN against;
