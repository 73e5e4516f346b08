import { limits } from '#config/limits'
import { cleanText } from '../text/clean-text.ts'
import { countCharacters } from '../text/count-characters.ts'
import { inSeconds } from '#platform/clock'
import { Invalid } from '#platform/errors'
import type { PollDraft } from './post-draft.ts'

/** A poll as a member asks it; `expiresIn` in seconds. */
export type NewPoll = {
  options: string[]
  expiresIn?: number | undefined
  isMultiple?: boolean | undefined
  hidesTotals?: boolean | undefined
}

const { poll } = limits
const wrong = (what: string) => new Invalid(`Validation failed: ${what}`)

/** Checks a poll and gives it as it is stored. Throws Invalid (POST-14). */
export function checkPoll({ options, expiresIn, isMultiple, hidesTotals }: NewPoll): PollDraft {
  const titles = options.map((option) => cleanText(option).trim()).filter((option) => option !== '')
  if (titles.length < 2) throw wrong('Options must have more than one item')
  if (titles.length > poll.options) throw wrong(`Options can't contain more than ${poll.options} items`)
  if (new Set(titles).size < titles.length) throw wrong('Options contain duplicate items')
  if (titles.some((title) => countCharacters('', title) > poll.optionCharacters))
    throw wrong(`Options can't be longer than ${poll.optionCharacters} characters each`)
  if (expiresIn === undefined || !Number.isFinite(expiresIn)) throw wrong("Expires at can't be blank")
  if (expiresIn > poll.maxSeconds) throw wrong('Expires at is too far into the future')
  if (expiresIn < poll.minSeconds) throw wrong('Expires at is too soon')
  return {
    options: titles,
    isMultiple: isMultiple ?? false,
    hidesTotals: hidesTotals ?? false,
    expiresAt: inSeconds(Math.floor(expiresIn)),
  }
}
