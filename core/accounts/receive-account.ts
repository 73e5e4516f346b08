import { limits } from '#config/limits'
import { parseOurs } from '../addresses.ts'
import type { Ctx, TxCtx } from '../ctx.ts'
import { limitedSince } from '../instances/instance.policy.ts'
import { Medium, type MediumPurpose } from '../media/medium.model.ts'
import { sanitizeHtml } from '../text/sanitize-html.ts'
import { now } from '#platform/clock'
import { rows } from '#platform/db'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { lockKeys } from '#platform/lock-keys'
import { select } from '#platform/select'
import { transact } from '#platform/transact'
import {
  Account,
  type AccountField,
  type AccountKind,
  type AssertionKey,
  type EmojiUse,
} from './account.model.ts'
import { owePageChecks } from './profile-links.ts'

/** An account of another server as its own server describes it; handle and origin are checked, texts are raw. */
export type RemoteAccount = {
  uri: string
  url: string | null
  username: string
  domain: string
  kind: AccountKind
  displayName: string
  noteHtml: string
  fields: { name: string; valueHtml: string }[]
  emojis: EmojiUse[]
  avatarUrl?: string | undefined
  headerUrl?: string | undefined
  isLocked: boolean
  isDiscoverable: boolean
  isIndexable: boolean
  isMemorial: boolean
  inboxUrl: string
  sharedInboxUrl: string | null
  outboxUrl: string | null
  followersUrl: string | null
  followingUrl: string | null
  featuredUrl: string | null
  /** Of a group: where it lists its moderators, and whether they alone begin threads. */
  moderatorsUrl?: string | null
  restrictsPosting?: boolean
  publicKeyId: string | null
  publicKeyPem: string | null
  /** Its Ed25519 keys, each on its own server and in its own name. */
  assertionKeys?: AssertionKey[]
  alsoKnownAs: string[]
  /** Where it says that it goes on. */
  movedToUri?: string | null | undefined
  createdAt?: Date | undefined
}

const FIELDS = 50
const EMOJIS = 100
const NAME = 2047

/**
 * Stores an account of another server, or brings the stored one up to date, and gives it. Whoever had its handle
 * before under another id loses it (federation rule 81: the caller has seen handle and id lead to each other).
 */
export const receiveAccount = (ctx: Ctx, draft: RemoteAccount): Promise<Account> =>
  transact(ctx, async (ctx) => {
    const { tx: transaction } = ctx
    await lockKeys(ctx, [draft.uri, `${draft.username}@${draft.domain}`.toLowerCase()])
    const known = await select(ctx, Account, 'uri = $1', [draft.uri], { lock: true })
    const wasIndexable = known?.isIndexable
    await freeHandle(ctx, draft)
    const columns = columnsOf(draft, known?.fields ?? [])
    const account = known
      ? await known.update({ ...columns, goneAt: null }, { transaction })
      : await Account.create({ ...columns, createdAt: draft.createdAt ?? now() }, { transaction })
    if (!known) await limitByRule(ctx, account)
    const avatarId = await pictureOf(ctx, account, account.avatarId, 'avatar', draft.avatarUrl)
    const headerId = await pictureOf(ctx, account, account.headerId, 'header', draft.headerUrl)
    const movedToId = await targetOf(ctx, account, draft)
    await account.update({ avatarId, headerId, movedToId }, { transaction })
    await owePageChecks(ctx, account)
    // Who finds the posts of somebody who changed their mind about it changes too.
    if (known && wasIndexable !== draft.isIndexable)
      await emit(ctx, 'account.updated', { accountId: account.id })
    return account
  })

// A link that led back once stays verified for as long as it stays the same.
const columnsOf = (draft: RemoteAccount, known: readonly AccountField[]) => {
  const verified = new Map(known.map(({ valueHtml, verifiedAt }) => [valueHtml, verifiedAt]))
  const { avatarUrl: _, headerUrl: __, createdAt: ___, movedToUri: ____, fields, ...rest } = draft
  return {
    ...rest,
    assertionKeys: draft.assertionKeys ?? [],
    moderatorsUrl: draft.moderatorsUrl ?? null,
    restrictsPosting: draft.restrictsPosting ?? false,
    displayName: draft.displayName.slice(0, NAME),
    noteHtml: sanitizeHtml(draft.noteHtml),
    fields: fields.slice(0, FIELDS).map(({ name, valueHtml }) => {
      const clean = sanitizeHtml(valueHtml.slice(0, NAME))
      return {
        name: name.slice(0, limits.profile.fieldCharacters),
        value: clean,
        valueHtml: clean,
        verifiedAt: verified.get(clean) ?? null,
      }
    }),
    emojis: draft.emojis.slice(0, EMOJIS),
    fetchedAt: now(),
    updatedAt: now(),
  }
}

/**
 * Where it goes on, as far as that account is known here and says the same. After a Move was taken only another one leads
 * elsewhere: followers go along with that.
 */
async function targetOf(
  ctx: TxCtx,
  account: Account,
  { uri, movedToUri }: RemoteAccount,
): Promise<Id | null> {
  if (!movedToUri) return null
  const named = parseOurs(movedToUri)
  if (named && !('accountId' in named)) return null
  const target = named
    ? await select(ctx, Account, 'id = $1 AND domain IS NULL', [named.accountId])
    : await select(ctx, Account, 'uri = $1', [movedToUri])
  if (!target?.alsoKnownAs.includes(uri) || target.id === account.id) return null
  return account.movedAt && account.movedToId !== target.id ? null : target.id
}

// Whoever comes from a limited domain is limited from the beginning (federation rule 229).
const limitByRule = (ctx: TxCtx, { id }: Account) =>
  rows(
    ctx,
    `UPDATE accounts AS a SET silenced_at = ${limitedSince('a.domain')}
     WHERE a.id = $1 AND ${limitedSince('a.domain')} IS NOT NULL`,
    [id],
  )

async function freeHandle(ctx: TxCtx, { username, domain, uri }: RemoteAccount): Promise<void> {
  const transaction = ctx.tx
  const holder = await select(
    ctx,
    Account,
    `lower(username) = lower($1) AND coalesce(domain, '') = $2 AND uri <> $3`,
    [username, domain, uri],
  )
  await holder?.update({ username: `${holder.username}~${holder.id}`, goneAt: now() }, { transaction })
}

async function pictureOf(
  { tx: transaction }: TxCtx,
  account: Account,
  knownId: Id | null,
  purpose: MediumPurpose,
  remoteUrl: string | undefined,
): Promise<Id | null> {
  const known = knownId ? await Medium.findByPk(knownId, { transaction }) : null
  if ((known?.remoteUrl ?? undefined) === remoteUrl) return knownId
  if (!remoteUrl) return null
  const kept = { ownerId: account.id, purpose, kind: 'image', state: 'remote', remoteUrl } as const
  return (await Medium.create(kept, { transaction })).id
}
