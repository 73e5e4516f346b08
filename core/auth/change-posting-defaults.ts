import type { Ctx } from '../ctx.ts'
import { type Problem, refuse } from '../field-problems.ts'
import { Forbidden } from '#platform/errors'
import { User } from './user.model.ts'

/** What is absent keeps its value (ACCT-04); an empty language means none in particular. */
export type PostingDefaults = {
  visibility?: string | undefined
  isSensitive?: boolean | undefined
  language?: string | undefined
  quotePolicy?: string | undefined
}

const visibilities = ['public', 'unlisted', 'private', 'direct'] as const
const policies = ['public', 'followers', 'nobody'] as const

const among = <T extends string>(all: readonly T[], value: string | undefined): T | undefined =>
  all.find((each) => each === value)

/** Changes how posts of the acting member are made when an app says nothing. Throws Invalid. */
export async function changePostingDefaults(ctx: Ctx, changes: PostingDefaults): Promise<void> {
  if (ctx.actor.kind !== 'person') throw new Forbidden()
  const { visibility, isSensitive, language, quotePolicy } = changes
  const [defaultVisibility, defaultQuotePolicy] = [
    among(visibilities, visibility),
    among(policies, quotePolicy),
  ]
  const problems: Problem[] = []
  if (visibility !== undefined && !defaultVisibility) problems.push(['source[privacy]', 'ERR_INCLUSION'])
  if (quotePolicy !== undefined && !defaultQuotePolicy)
    problems.push(['source[quote_policy]', 'ERR_INCLUSION'])
  if (language && !/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language))
    problems.push(['source[language]', 'ERR_INCLUSION'])
  refuse(problems)
  await User.update(
    {
      ...(defaultVisibility ? { defaultVisibility } : {}),
      ...(isSensitive === undefined ? {} : { defaultSensitive: isSensitive }),
      ...(language === undefined ? {} : { defaultLanguage: language || null }),
      ...(defaultQuotePolicy ? { defaultQuotePolicy } : {}),
    },
    { where: { id: ctx.actor.userId }, transaction: ctx.tx ?? null },
  )
}
