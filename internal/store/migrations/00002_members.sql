-- What members of a server do with answers: reasons of their verdicts, answers that
-- were done again, and all that is kept of one member, to be shown and forgotten.
-- The defaults also serve programs of the version before, until they are replaced.

-- +goose Up

ALTER TABLE posted ADD COLUMN sure BIGINT NOT NULL DEFAULT 0;
ALTER TABLE votes ADD COLUMN reason TEXT NOT NULL DEFAULT '';

-- Of an answer whose asker was forgotten the question is empty.
DROP INDEX posted_question;
CREATE UNIQUE INDEX posted_question ON posted (guild, question) WHERE question <> '';

CREATE INDEX posted_asker ON posted (guild, asker);
CREATE INDEX votes_voter ON votes (guild, voter);
CREATE INDEX daily_day ON daily (day);

-- +goose Down

DROP INDEX daily_day;
DROP INDEX votes_voter;
DROP INDEX posted_asker;
DROP INDEX posted_question;
UPDATE posted SET question = 'forgotten ' || id WHERE question = '';
CREATE UNIQUE INDEX posted_question ON posted (guild, question);
ALTER TABLE votes DROP COLUMN reason;
ALTER TABLE posted DROP COLUMN sure;
