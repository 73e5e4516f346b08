import { findUser } from '#core/auth/find-user'
import type { Settings, Shown } from '#core/instances/read-settings'
import type { Ctx } from '#core/ctx'
import { Invalid } from '#platform/errors'
import { WrongUsage } from './command.ts'

type Read = (text: string, ctx: Ctx) => Promise<Partial<Settings>>

const orNone = (text: string): string | null => (text === '' ? null : text)

function yesOrNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new Invalid('Say yes or no.')
  return text === 'yes'
}

/** The settings that the command line changes one by one, and how each is read from a word. */
const readers: Record<string, Read> = {
  title: async (title) => ({ title }),
  description: async (description) => ({ description }),
  about: async (aboutHtml) => ({ aboutHtml }),
  privacy: async (privacyHtml) => ({ privacyHtml }),
  registrations: async (text) => ({ registrations: text as Settings['registrations'] }),
  'minimum-age': async (text) => ({ minimumAge: text === '' ? null : Number(text) }),
  directory: async (text) => ({ directory: yesOrNo(text) }),
  'contact-email': async (text) => ({ contactEmail: orNone(text) }),
  'contact-account': async (username, ctx) => ({
    contactAccountId: username === '' ? null : (await findUser(ctx, { username })).accountId,
  }),
  peers: async (text) => ({ peers: yesOrNo(text) }),
  activity: async (text) => ({ activity: yesOrNo(text) }),
  'local-feeds': async (text) => ({ localFeeds: text as Shown }),
  'remote-feeds': async (text) => ({ remoteFeeds: text as Shown }),
  'local-tag-feeds': async (text) => ({ localTagFeeds: text as Shown }),
  'remote-tag-feeds': async (text) => ({ remoteTagFeeds: text as Shown }),
  'domain-blocks': async (text) => ({ domainBlocks: text as Settings['domainBlocks'] }),
  'domain-block-reasons': async (text) => ({ domainBlockReasons: text as Settings['domainBlocks'] }),
  trends: async (text) => ({ trends: text as Settings['trends'] }),
  'software-name': async (text) => ({ softwareName: text as Settings['softwareName'] }),
  federation: async (text) => ({ federation: text as Settings['federation'] }),
  webfinger: async (text) => ({ webFinger: yesOrNo(text) }),
  'pl-api': async (text) => ({ plApi: yesOrNo(text) }),
  'source-url': async (text) => ({ sourceUrl: orNone(text) }),
}

/** The names of all of them. */
export const settingNames: readonly string[] = Object.keys(readers)

/** What a word means for a setting. Throws WrongUsage for a setting that there is not. */
export function readSetting(ctx: Ctx, name: string, text: string): Promise<Partial<Settings>> {
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined
  if (!read) throw new WrongUsage(`There is no setting called ${name}: ${settingNames.join(', ')}.`)
  return read(text, ctx)
}

/** The settings as the command line shows them, by name. */
export const shownSettings = (settings: Settings): Record<string, string> => ({
  title: settings.title,
  description: settings.description,
  about: settings.aboutHtml,
  privacy: settings.privacyHtml,
  registrations: settings.registrations,
  'minimum-age': String(settings.minimumAge ?? ''),
  directory: settings.directory ? 'yes' : 'no',
  'contact-email': settings.contactEmail ?? '',
  'contact-account': settings.contactAccountId ?? '',
  'source-url': settings.sourceUrl ?? '',
  peers: settings.peers ? 'yes' : 'no',
  activity: settings.activity ? 'yes' : 'no',
  'local-feeds': settings.localFeeds,
  'remote-feeds': settings.remoteFeeds,
  'local-tag-feeds': settings.localTagFeeds,
  'remote-tag-feeds': settings.remoteTagFeeds,
  'domain-blocks': settings.domainBlocks,
  'domain-block-reasons': settings.domainBlockReasons,
  trends: settings.trends,
  'software-name': settings.softwareName,
  federation: settings.federation,
  webfinger: settings.webFinger ? 'yes' : 'no',
  'pl-api': settings.plApi ? 'yes' : 'no',
})
