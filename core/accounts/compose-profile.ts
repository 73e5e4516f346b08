import { instance } from '#config/instance'
import type { Ctx } from '../ctx.ts'
import { findEmojis } from '../media/find-emojis.ts'
import { cleanName } from '../text/clean-name.ts'
import { composeText } from '../text/compose-text.ts'
import type { Account } from './account.model.ts'
import type { TypedField } from './check-profile.ts'
import { knownMentions } from './known-mentions.ts'

export type ProfileTyped = { displayName: string; note: string; fields: readonly TypedField[] }

const { origin } = instance

/**
 * The texts of a profile as they are kept: as typed, and as HTML with mentions of accounts that are known here
 * (HTML-08), with the emojis they use. A field whose value did not change stays verified (HTML-09).
 */
export async function composeProfile(ctx: Ctx, account: Account, typed: ProfileTyped) {
  const { displayName, note, fields } = typed
  const words = [note, ...fields.map(({ value }) => value)].join('\n')
  const names = fields.map(({ name }) => name).join('\n')
  const [mentions, emojis] = await Promise.all([
    knownMentions(ctx, words),
    findEmojis(ctx, [displayName, words, names].join('\n')),
  ])
  const isVerified = new Map(account.fields.map(({ value, verifiedAt }) => [value, verifiedAt]))
  return {
    displayName: cleanName(displayName),
    note,
    noteHtml: composeText(note, { origin, mentions, format: 'note' }),
    fields: fields.map(({ name, value }) => ({
      name: cleanName(name, 255),
      value,
      valueHtml: composeText(value, { origin, mentions, format: 'field' }),
      verifiedAt: isVerified.get(value) ?? null,
    })),
    emojis,
  }
}
