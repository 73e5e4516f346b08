import { closeDatabase, db } from '#platform/db'
import { migrate } from '#platform/migrate'

/**
 * `kith_test.reset()` takes the rows of a test away again: it empties every table that has some, and puts back what
 * the migrations had filled in.
 */
const resetFunction = `
CREATE SCHEMA kith_test;
DO $$
DECLARE name text; filled boolean;
BEGIN
  FOR name IN SELECT quote_ident(relname) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'migrations'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%s)', name) INTO filled;
    IF filled THEN EXECUTE format('CREATE TABLE kith_test.%1$s AS TABLE public.%1$s', name); END IF;
  END LOOP;
END $$;
CREATE FUNCTION kith_test.reset() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t record; filled boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  SET LOCAL lock_timeout = '10s';
  FOR t IN
    SELECT format('public.%I', relname) AS name, to_regclass(format('kith_test.%I', relname)) AS seed,
      (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
        WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS columns
    FROM pg_class c
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'migrations'
  LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', t.name) INTO filled;
    IF filled THEN EXECUTE format('DELETE FROM %s', t.name); END IF;
    IF t.seed IS NOT NULL THEN
      EXECUTE format('INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM %3$s', t.name, t.columns, t.seed);
    END IF;
  END LOOP;
END $$;`

await migrate()
await db.query(resetFunction)
await closeDatabase()
