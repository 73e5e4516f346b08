import { instance } from '#config/instance'
import { limits } from '#config/limits'
import { translation } from '#config/translation'
import type { Figures } from '#core/instances/instance.queries'
import type { Rule, Settings } from '#core/instances/read-settings'
import { paths } from '../pages/paths.ts'
import { acceptedMimeTypes } from '#platform/media-type'
import { vapidKeys } from '#platform/vapid'
import manifest from '../../package.json' with { type: 'json' }
import type { AccountJson } from './account.ts'

/** What an instance entity is made of. */
export type InstanceFacts = {
  settings: Settings
  contact: AccountJson | null
  figures: Figures
  activeMonth: number
}

const { origin, domain } = instance
const { post, poll, media, profile, reaction } = limits

/** Mastodon's level first, as apps read it, then who this really is (INST-01, client extensions 2). */
export const apiVersion = `4.6.5+kith-${manifest.version}`

/** The highest level all of whose features are here (INST-03, INST-14, TRIP-02). */
const levels = { mastodon: 11, kith: 1 }

// What Pleroma's list of features calls those that are here: pl-fe and Nicolium ask for them one by one.
const plFeatures = [
  'custom_emoji_reactions',
  'editing',
  'emoji_reactions',
  'groups',
  'polls',
  'profile_directory',
  'quote_posting',
  'v2_suggestions',
]
if (translation.service) plFeatures.push('translation')
const plLevels = {
  ...Object.fromEntries(plFeatures.map((name) => [`${name}.pleroma.pl-api`, 1])),
  'emoji_reaction.fedibird.pl-api': 1,
  'pleroma:groups.pleroma.pl-api': 1,
}

const apiVersionsOf = ({ plApi }: Settings) => (plApi ? { ...levels, ...plLevels } : levels)

const thumbnail = `${origin}/pictures/thumbnail.png`

const ruleJson = ({ id, text, hint }: Rule) => ({ id, text, hint, translations: {} })

/** The rules of the house, as both entities and their own endpoint have them. */
export const rulesJson = (rules: readonly Rule[]) => rules.map(ruleJson)

// Only limits that are really kept (INST-18): apps shrink pictures to them (TRIP-20).
const attachments = {
  supported_mime_types: acceptedMimeTypes,
  description_limit: media.description,
  image_size_limit: media.imageBytes,
  image_matrix_limit: media.pixels,
  video_size_limit: media.videoBytes,
  video_frame_rate_limit: media.videoRate,
  video_matrix_limit: media.videoPixels,
}
const statuses = {
  max_characters: post.characters,
  max_media_attachments: post.media,
  characters_reserved_per_url: post.perUrl,
  supported_mime_types: ['text/plain'],
}
const polls = {
  max_options: poll.options,
  max_characters_per_option: poll.optionCharacters,
  min_expiration: poll.minSeconds,
  max_expiration: poll.maxSeconds,
}
const accounts = {
  max_featured_tags: profile.featuredTags,
  max_pinned_statuses: post.pinned,
  max_display_name_length: profile.displayName,
  max_note_length: profile.note,
  max_avatar_description_length: profile.pictureDescription,
  max_header_description_length: profile.pictureDescription,
  max_profile_fields: profile.fields,
  profile_field_name_limit: profile.fieldCharacters,
  profile_field_value_limit: profile.fieldCharacters,
}

// Every family of apps looks for emojis of posts by a field of its own (client extensions 2).
const reactions = {
  reactions: { max_reactions: reaction.perPost },
  emoji_reactions: { max_reactions_per_account: reaction.perPost },
}
const capabilities = { fedibird_capabilities: ['emoji_reaction'] }

const urlsOf = ({ terms }: Settings) => ({
  streaming: instance.streamingUrl,
  status: null,
  about: origin + paths.about,
  privacy_policy: origin + paths.privacy,
  terms_of_service: terms.length > 0 ? origin + paths.terms : null,
})

const accessWords = { all: 'public', users: 'authenticated', disabled: 'disabled' } as const

/** Who reads which timelines (TL-15). */
const timelinesAccess = (settings: Settings) => ({
  live_feeds: { local: accessWords[settings.localFeeds], remote: accessWords[settings.remoteFeeds] },
  hashtag_feeds: { local: accessWords[settings.localTagFeeds], remote: accessWords[settings.remoteTagFeeds] },
  trending_link_feeds: {
    local: accessWords[settings.localTagFeeds],
    remote: accessWords[settings.remoteTagFeeds],
  },
})

const configurationOf = (settings: Settings) => ({
  urls: urlsOf(settings),
  vapid: { public_key: vapidKeys().publicKey },
  accounts,
  statuses,
  media_attachments: attachments,
  polls,
  ...reactions,
  translation: { enabled: translation.service !== undefined },
  timelines_access: timelinesAccess(settings),
  limited_federation: settings.federation === 'allowed',
})

/** The instance as clients since Mastodon 4.0 read it (TRIP-13, TRIP-22). */
export const instanceJson = ({ settings, contact, activeMonth }: InstanceFacts) => ({
  domain,
  title: settings.title,
  version: apiVersion,
  source_url: settings.sourceUrl ?? `${origin}/about`,
  description: settings.description,
  usage: { users: { active_month: activeMonth } },
  thumbnail: { url: thumbnail, description: '', blurhash: null, versions: {} },
  icon: [{ src: `${origin}/pictures/icon.png`, size: '192x192' }],
  languages: ['en'],
  configuration: configurationOf(settings),
  registrations: {
    enabled: settings.registrations !== 'closed',
    approval_required: settings.registrations === 'approval',
    reason_required: settings.registrations === 'approval',
    message: null,
    min_age: settings.minimumAge,
    url: null,
  },
  api_versions: apiVersionsOf(settings),
  feature_quote: true,
  ...capabilities,
  wrapstodon: null,
  contact: { email: settings.contactEmail ?? '', account: contact },
  rules: rulesJson(settings.rules),
})

/** The instance as older clients read it (TRIP-16, TRIP-49). */
export const instanceV1Json = ({ settings, contact, figures }: InstanceFacts) => ({
  uri: domain,
  title: settings.title,
  short_description: settings.description,
  description: settings.description,
  email: settings.contactEmail ?? '',
  version: apiVersion,
  urls: { streaming_api: instance.streamingUrl },
  stats: { user_count: figures.people, status_count: figures.posts, domain_count: figures.servers },
  thumbnail,
  languages: ['en'],
  registrations: settings.registrations !== 'closed',
  approval_required: settings.registrations === 'approval',
  invites_enabled: false,
  max_toot_chars: post.characters,
  feature_quote: true,
  ...capabilities,
  configuration: { accounts, statuses, media_attachments: attachments, polls, ...reactions },
  contact_account: contact,
  rules: rulesJson(settings.rules),
})
