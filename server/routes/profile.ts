import { z } from 'zod'
import { actingId } from '#core/actor'
import { editProfile, type ProfileChanges } from '#core/accounts/edit-profile'
import { changePostingDefaults } from '#core/auth/change-posting-defaults'
import type { Ctx } from '#core/ctx'
import type { Upload } from '../middleware/read-body.ts'
import { bool, text, texts } from '../input.ts'
import { type Handler, routes } from '../routes.ts'
import { credentialAccountJson } from '../serializers/credential-account.ts'
import { profileJson } from '../serializers/profile.ts'

const field = z.looseObject({ name: text(), value: text() })
// A list, or an object whose keys are numbers of any size and order (HTTP-07).
const fields = z.preprocess(
  (value) => (typeof value === 'object' && value !== null ? Object.values(value) : undefined),
  z.array(field).optional(),
)
const source = z.looseObject({ privacy: text(), sensitive: bool(), language: text(), quote_policy: text() })

const changed = z.looseObject({
  display_name: text(),
  note: text(),
  locked: bool(),
  bot: bool(),
  discoverable: bool(),
  indexable: bool(),
  hide_collections: bool(),
  avatar_description: text(),
  header_description: text(),
  fields_attributes: fields,
  attribution_domains: texts().optional(),
  show_media: bool(),
  show_media_replies: bool(),
  show_featured: bool(),
  source: source.optional(),
})

type Changed = z.output<typeof changed>

const write = { scopes: ['write:accounts'], answers: 'CredentialAccount' }

const changesOf = (input: Changed, { avatar, header }: Record<string, Upload>): ProfileChanges => ({
  displayName: input.display_name,
  note: input.note,
  fields: input.fields_attributes?.map(({ name = '', value = '' }) => ({ name, value })),
  isLocked: input.locked,
  isBot: input.bot,
  isDiscoverable: input.discoverable,
  isIndexable: input.indexable,
  hidesCollections: input.hide_collections,
  avatar,
  header,
  avatarDescription: input.avatar_description,
  headerDescription: input.header_description,
  attributionDomains: input.attribution_domains,
  showsMedia: input.show_media,
  showsMediaReplies: input.show_media_replies,
  showsFeatured: input.show_featured,
})

const update: Handler<Changed> = async (ctx, input, { files }) => {
  const {
    privacy: visibility,
    sensitive: isSensitive,
    language,
    quote_policy: quotePolicy,
  } = input.source ?? {}
  await editProfile(ctx, changesOf(input, files))
  await changePostingDefaults(ctx, { visibility, isSensitive, language, quotePolicy })
  return credentialAccountJson(ctx, actingId(ctx))
}

const updateProfile: Handler<Changed> = async (ctx, input, { files }) => {
  await editProfile(ctx, changesOf(input, files))
  return profileJson(ctx, actingId(ctx))
}

const withoutPicture = (changes: ProfileChanges) => async (ctx: Ctx) => {
  await editProfile(ctx, changes)
  return credentialAccountJson(ctx, actingId(ctx))
}

const pictures = ['avatar', 'header']

export default routes('/api/v1', (r) => {
  r.patch('/accounts/update_credentials', { ...write, input: changed, files: pictures }, update)
  r.put('/accounts/update_credentials', { ...write, input: changed, files: pictures }, update)
  r.get('/profile', { scopes: ['profile', 'read:accounts'], answers: 'Profile' }, (ctx) =>
    profileJson(ctx, actingId(ctx)),
  )
  r.patch('/profile', { ...write, input: changed, files: pictures, answers: 'Profile' }, updateProfile)
  r.put('/profile', { ...write, input: changed, files: pictures, answers: 'Profile' }, updateProfile)
  r.delete('/profile/avatar', write, withoutPicture({ avatar: null }))
  r.delete('/profile/header', write, withoutPicture({ header: null }))
})
