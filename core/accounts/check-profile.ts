import { limits } from '#config/limits'
import type { Problem } from '../field-problems.ts'
import { countCharacters } from '../text/count-characters.ts'

export type TypedField = { name: string; value: string }
export type ProfileTexts = { displayName?: string; note?: string; fields?: readonly TypedField[] }

const { displayName: longestName, note: longestNote, fields: most, fieldCharacters } = limits.profile

const lengthOf = (text: string): number => [...text].length

/** What is wrong with the texts of a profile, field by field (ACCT-03, ACCT-05, ERR-14). */
export function checkProfile({ displayName = '', note = '', fields = [] }: ProfileTexts): Problem[] {
  const problems: Problem[] = []
  if (lengthOf(displayName) > longestName) problems.push(['display_name', 'ERR_TOO_LONG'])
  if (countCharacters(note) > longestNote) problems.push(['note', 'ERR_TOO_LONG'])
  if (fields.length > most) problems.push(['fields', 'ERR_INVALID'])
  if (fields.some(({ name, value }) => Math.max(lengthOf(name), lengthOf(value)) > fieldCharacters))
    problems.push(['fields', 'ERR_TOO_LONG'])
  if (fields.some(({ name, value }) => name === '' && value !== '')) problems.push(['fields', 'ERR_BLANK'])
  return problems
}

type Descriptions = { avatarDescription?: string | undefined; headerDescription?: string | undefined }

/** What is wrong with the descriptions of avatar and header. */
export const checkDescriptions = ({
  avatarDescription = '',
  headerDescription = '',
}: Descriptions): Problem[] => [
  ...(lengthOf(avatarDescription) > limits.profile.pictureDescription
    ? [['avatar_description', 'ERR_TOO_LONG'] as const]
    : []),
  ...(lengthOf(headerDescription) > limits.profile.pictureDescription
    ? [['header_description', 'ERR_TOO_LONG'] as const]
    : []),
]
