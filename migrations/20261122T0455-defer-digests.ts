import type { QueryInterface } from 'sequelize'

// What digest_followers does for a statement, for one follow: its XOR is its own undoing (FEP-8fcf).
const digestFollow = `
  CREATE FUNCTION digest_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    follow follows := coalesce(NEW, OLD);
  BEGIN
    IF TG_OP = 'UPDATE' THEN
      IF NEW.state = OLD.state THEN RETURN NULL; END IF;
    ELSIF follow.state <> 'accepted' THEN RETURN NULL;
    END IF;
    INSERT INTO follower_digests (account_id, host, digest)
    SELECT m.id, lower(split_part(a.uri, '/', 3)), ('x' || encode(sha256(convert_to(a.uri, 'UTF8')), 'hex'))::bit(256)
    FROM accounts AS a, accounts AS m
    WHERE a.id = follow.follower_id AND a.uri IS NOT NULL AND m.id = follow.followed_id AND m.domain IS NULL
    ON CONFLICT (account_id, host) DO UPDATE SET digest = follower_digests.digest # excluded.digest;
    RETURN NULL;
  END $$;`

/**
 * The digest of a host's followers is one row that all follows from there write: at the end of their transactions, so that they
 * wait for each other for a moment only.
 */
export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP TRIGGER follows_digest_on_insert ON follows;
    DROP TRIGGER follows_digest_on_delete ON follows;
    DROP TRIGGER follows_digest_on_update ON follows;
    ${digestFollow}
    CREATE CONSTRAINT TRIGGER follows_digest AFTER INSERT OR DELETE OR UPDATE OF state ON follows
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION digest_follow();
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query(`
    DROP FUNCTION digest_follow CASCADE;
    CREATE TRIGGER follows_digest_on_insert AFTER INSERT ON follows
      REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION digest_followers();
    CREATE TRIGGER follows_digest_on_delete AFTER DELETE ON follows
      REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION digest_followers();
    CREATE TRIGGER follows_digest_on_update AFTER UPDATE ON follows
      REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION digest_answered();
  `)
