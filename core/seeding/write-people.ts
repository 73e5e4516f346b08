import { composeText } from '../text/compose-text.ts'
import type { TxCtx } from '../ctx.ts'
import { instance } from '#config/instance'
import { rows } from '#platform/db'
import type { Person } from './community.ts'
import { moment, reserveIds, slices } from './reserve-ids.ts'

const accounts = `
  INSERT INTO accounts (id, username, display_name, note, note_html, kind, is_locked, is_discoverable, is_indexable,
    posts_count, followers_count, following_count, last_post_at, created_at, updated_at)
  SELECT id, username, display_name, note, note_html, CASE WHEN is_bot THEN 'service' ELSE 'person' END, is_locked,
    NOT is_locked, NOT is_locked, posts, followers, following,
    CASE WHEN last_post > 0 THEN ${moment('last_post')} END, ${moment('joined')}, ${moment('joined')}
  FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::int[],
    $9::int[], $10::int[], $11::float8[], $12::float8[])
    AS p (id, username, display_name, note, note_html, is_bot, is_locked, posts, followers, following, last_post, joined)`

const users = `
  INSERT INTO users (account_id, email, password_hash, locale, default_language, confirmed_at, approved_at, created_at,
    last_active_at)
  SELECT id, username || '@people.example', $1, language, language, ${moment('joined')}, ${moment('joined')},
    ${moment('joined')}, CASE WHEN last_post > 0 THEN ${moment('last_post')} END
  FROM unnest($2::bigint[], $3::text[], $4::text[], $5::float8[], $6::float8[])
    AS p (id, username, language, joined, last_post)`

/**
 * Writes people as members who can log in, with the counters they will have when everything is written; gives each
 * of them an id.
 */
export async function writePeople(
  ctx: TxCtx,
  people: readonly Person[],
  passwordHash: string,
  onProgress: (count: number) => void,
): Promise<void> {
  for (const [start, end] of slices(people.length, 2000)) {
    const some = people.slice(start, end)
    const ids = await reserveIds(
      ctx,
      some.map(({ joinedAt }) => joinedAt),
    )
    for (const [at, person] of some.entries()) person.id = ids[at] ?? ''
    const column = <K extends keyof Person>(name: K): Person[K][] => some.map((person) => person[name])
    const notes = some.map(({ note }) => composeText(note, { origin: instance.origin, format: 'note' }))
    await rows(ctx, accounts, [
      ids,
      column('username'),
      column('displayName'),
      column('note'),
      notes,
      column('isBot'),
      column('isLocked'),
      column('posts'),
      column('followers'),
      column('following'),
      column('lastPostAt'),
      column('joinedAt'),
    ])
    const rest = [ids, column('username'), column('language'), column('joinedAt'), column('lastPostAt')]
    await rows(ctx, users, [passwordHash, ...rest])
    onProgress(some.length)
  }
}
