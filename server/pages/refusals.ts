import { Invalid, KithError, TooMany, Unavailable } from '#platform/errors'
import type { FormState } from '#server/pages/parts/form'
import { statusOf, tellWhen } from '#server/middleware/answer-errors'
import { words } from '#server/pages/words'
import type { Visit } from '#server/pages/visit'

/** The fields of a form as they were sent; what is no text counts as blank. */
export const textsOf = <N extends string>(params: object, ...names: N[]): Record<N, string> =>
  Object.fromEntries(
    names.map((name) => {
      const value: unknown = (params as Record<string, unknown>)[name]
      return [name, typeof value === 'string' ? value : '']
    }),
  ) as Record<N, string>

/**
 * What a form shows again when it was refused, with the status set; throws what is no refusal. `labels` gives the
 * words of a field by the name the API has for it; other problems stand above the form.
 */
export function refusal<N extends string>(
  { res }: Visit,
  error: unknown,
  labels: Partial<Record<string, readonly [N, string]>> = {},
): NonNullable<FormState<N>['errors']> {
  if (!(error instanceof KithError)) throw error
  res.status(statusOf(error))
  tellWhen(error, res)
  if (error instanceof TooMany) return only(words.form.tooMany)
  if (error instanceof Unavailable || !(error instanceof Invalid) || !error.details)
    return only(error.message)
  const found = Object.entries(error.details).map(([field, [first]]) => {
    const [name, label] = labels[field] ?? ['form', field]
    return [name, `${label} ${first?.description ?? ''}`]
  })
  return Object.fromEntries(found) as NonNullable<FormState<N>['errors']>
}

const only = <N extends string>(form: string) => ({ form }) as NonNullable<FormState<N>['errors']>
