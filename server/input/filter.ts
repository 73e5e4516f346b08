import { z } from 'zod'
import { isId } from '#platform/ids'
import { NotFound } from '#platform/errors'
import { bool, number, text, texts, written } from '../input.ts'

/** Seconds, null for what takes the end away, absent for what leaves it (FILT-03). */
export const expiresIn = () =>
  z.preprocess((value) => (value === '' ? null : value), z.union([z.null(), number()]).optional())

const given = <S extends z.ZodType>(shape: S) =>
  z.preprocess((value) => (value === null ? undefined : value), shape)

const keyword = z.looseObject({
  id: z.preprocess((value) => written(value ?? undefined), z.string()),
  keyword: given(text()),
  whole_word: bool(),
  _destroy: bool(),
})

const listed = (value: unknown): unknown[] =>
  (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]).filter(
    (each) => typeof each === 'object' && each !== null,
  )

/** Where a filter counts; absent in a change that leaves it. */
export const contexts = () => z.preprocess((value) => value ?? undefined, texts().optional())

export const filterParts = {
  title: text(),
  context: contexts(),
  filter_action: text(),
  expires_in: expiresIn(),
  keywords_attributes: z.preprocess(listed, z.array(keyword)),
}

/** The parameters of a filter. */
export const filterInput = z.looseObject(filterParts)

/** The parameters of a filter as core has them. Throws NotFound for a keyword that cannot exist (ID-05). */
export const readFilter = (input: z.output<typeof filterInput>) => ({
  title: input.title,
  contexts: input.context,
  action: input.filter_action || undefined,
  expiresIn: input.expires_in,
  keywords: input.keywords_attributes.map(({ id, keyword, whole_word: isWholeWord, _destroy: isGone }) => {
    if (id !== '' && !isId(id)) throw new NotFound()
    return { ...(id === '' ? {} : { id }), keyword, isWholeWord, isGone }
  }),
})
