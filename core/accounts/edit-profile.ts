import { isDeepStrictEqual } from 'node:util'
import type { Ctx } from '../ctx.ts'
import { refuse } from '../field-problems.ts'
import { describePicture } from '../media/describe-picture.ts'
import { discardMedia } from '../media/discard-media.ts'
import type { UploadedFile } from '../media/uploaded-file.ts'
import { uploadPicture } from '../media/upload-picture.ts'
import { cleanText } from '../text/clean-text.ts'
import { now } from '#platform/clock'
import { Forbidden } from '#platform/errors'
import { emit } from '#platform/facts'
import type { Id } from '#platform/ids'
import { transact } from '#platform/transact'
import { Account } from './account.model.ts'
import { readDomains } from './attribution-domains.ts'
import { checkDescriptions, checkProfile, type TypedField } from './check-profile.ts'
import { composeProfile } from './compose-profile.ts'
import { owePageChecks } from './profile-links.ts'

/** What is absent stays as it is; an empty text removes one, `null` removes a picture (ACCT-02, ACCT-06). */
export type ProfileChanges = {
  displayName?: string | undefined
  note?: string | undefined
  /** Replaces the whole list; rows without name and value are dropped (ACCT-03). */
  fields?: readonly TypedField[] | undefined
  isLocked?: boolean | undefined
  isBot?: boolean | undefined
  isDiscoverable?: boolean | undefined
  isIndexable?: boolean | undefined
  hidesCollections?: boolean | undefined
  /** Tabs of the profile (ACCT-44). */
  showsMedia?: boolean | undefined
  showsMediaReplies?: boolean | undefined
  showsFeatured?: boolean | undefined
  /** Sites that may name the member as an author of theirs. */
  attributionDomains?: readonly string[] | undefined
  avatar?: UploadedFile | null | undefined
  header?: UploadedFile | null | undefined
  /** What the pictures show, for those who do not see them. */
  avatarDescription?: string | undefined
  headerDescription?: string | undefined
}

/**
 * Changes the profile of the acting member (ACCT-02 to ACCT-06). Throws Invalid with what is wrong with each field
 * (ERR-14). Changing nothing tells nobody.
 */
export async function editProfile(ctx: Ctx, changes: ProfileChanges): Promise<Account> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const account = await Account.findByPk(ctx.actor.accountId, { rejectOnEmpty: true })
  return changeProfile(ctx, account, changes)
}

/** Changes the profile of an account of this instance that the caller may speak for; throws the same. */
export async function changeProfile(ctx: Ctx, account: Account, changes: ProfileChanges): Promise<Account> {
  const typed = typedOf(account, changes)
  const { attributionDomains = account.attributionDomains } = changes
  const domains = readDomains(attributionDomains)
  refuse([...checkProfile(typed), ...checkDescriptions(changes), ...domains.problems])
  const columns = { ...(await composeProfile(ctx, account, typed)), ...switchesOf(account, changes) }
  const [avatarId, headerId] = await Promise.all([
    pictureOf(ctx, account, 'avatar', changes),
    pictureOf(ctx, account, 'header', changes),
  ])
  return write(ctx, account, { ...columns, avatarId, headerId, attributionDomains: domains.list })
}

const trimmed = ({ name, value }: TypedField) => ({
  name: cleanText(name).trim(),
  value: cleanText(value).trim(),
})

const typedOf = (account: Account, { displayName, note, fields }: ProfileChanges) => ({
  displayName: cleanText(displayName ?? account.displayName).trim(),
  note: cleanText(note ?? account.note).trim(),
  fields: (fields ?? account.fields).map(trimmed).filter(({ name, value }) => name !== '' || value !== ''),
})

const switchesOf = (account: Account, changes: ProfileChanges) => ({
  isLocked: changes.isLocked ?? account.isLocked,
  isDiscoverable: changes.isDiscoverable ?? account.isDiscoverable,
  isIndexable: changes.isIndexable ?? account.isIndexable,
  hidesCollections: changes.hidesCollections ?? account.hidesCollections,
  showsMedia: changes.showsMedia ?? account.showsMedia,
  showsMediaReplies: changes.showsMediaReplies ?? account.showsMediaReplies,
  showsFeatured: changes.showsFeatured ?? account.showsFeatured,
  kind:
    changes.isBot === undefined ? account.kind : changes.isBot ? ('service' as const) : ('person' as const),
})

async function pictureOf(
  ctx: Ctx,
  account: Account,
  purpose: 'avatar' | 'header',
  changes: ProfileChanges,
): Promise<Id | null> {
  const [file, description] = [changes[purpose], changes[`${purpose}Description`]?.trim()]
  if (file) return (await uploadPicture(ctx, { ownerId: account.id, purpose, file, description })).id
  const id = account[`${purpose}Id`]
  if (file === null || id === null) return null
  if (description !== undefined) await describePicture(ctx, { id, description })
  return id
}

const write = (ctx: Ctx, account: Account, columns: Partial<Account>): Promise<Account> =>
  transact(ctx, async (ctx) => {
    const before = { avatarId: account.avatarId, headerId: account.headerId }
    const isSame = Object.entries(columns).every(([name, value]) =>
      isDeepStrictEqual(account.get(name), value),
    )
    if (isSame) return account
    await account.update({ ...columns, updatedAt: now() }, { transaction: ctx.tx })
    const left = [before.avatarId, before.headerId].filter(
      (id) => id !== null && id !== account.avatarId && id !== account.headerId,
    )
    await discardMedia(ctx, left as Id[])
    await emit(ctx, 'account.updated', { accountId: account.id })
    await owePageChecks(ctx, account)
    return account
  })
