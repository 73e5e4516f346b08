import type { QueryInterface } from 'sequelize'

// The XOR of the SHA-256 of these ids (FEP-8fcf): the order does not matter, and each change is its own undoing.
const digest = `bit_xor(('x' || encode(sha256(convert_to(a.uri, 'UTF8')), 'hex'))::bit(256))`
const host = `lower(split_part(a.uri, '/', 3))`

const digests = (follows: string): string => `
  INSERT INTO follower_digests (account_id, host, digest)
  SELECT c.followed_id, ${host}, ${digest}
  FROM ${follows} AS c JOIN accounts AS a ON a.id = c.follower_id JOIN accounts AS m ON m.id = c.followed_id
  WHERE c.state = 'accepted' AND a.uri IS NOT NULL AND m.domain IS NULL
  GROUP BY c.followed_id, ${host} ORDER BY c.followed_id, ${host}
  ON CONFLICT (account_id, host) DO UPDATE SET digest = follower_digests.digest # excluded.digest;`

const changed = `(SELECT o.follower_id, o.followed_id, 'accepted' AS state FROM before AS o JOIN after AS n USING (id)
  WHERE o.state <> n.state)`

const run = (name: string, follows: string): string => `
  CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    ${digests(follows)}
    RETURN NULL;
  END $$;`

const trigger = (event: string, tables: string, call: string): string => `
  CREATE TRIGGER follows_digest_on_${event.toLowerCase()} AFTER ${event} ON follows
    REFERENCING ${tables} FOR EACH STATEMENT EXECUTE FUNCTION ${call}();`

export const up = (db: QueryInterface) =>
  db.sequelize.query(`
    -- What the followers of a member on one host come to, so that each delivery can tell without counting them.
    CREATE TABLE follower_digests (
      account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      host text NOT NULL,
      digest bit(256) NOT NULL,
      PRIMARY KEY (account_id, host)
    );
    ${digests('follows')}
    ${run('digest_followers', 'changed')}
    ${run('digest_answered', changed)}
    ${trigger('INSERT', 'NEW TABLE AS changed', 'digest_followers')}
    ${trigger('DELETE', 'OLD TABLE AS changed', 'digest_followers')}
    ${trigger('UPDATE', 'OLD TABLE AS before NEW TABLE AS after', 'digest_answered')}
  `)

export const down = (db: QueryInterface) =>
  db.sequelize.query('DROP FUNCTION digest_followers, digest_answered CASCADE; DROP TABLE follower_digests')
