import { z } from 'zod'
import type { NewPoll } from '#core/posts/check-poll'
import type { NewPost } from '#core/posts/create-post'
import type { PostEditDraft } from '#core/posts/edits/edit-post'
import { now } from '#platform/clock'
import { Invalid, NotFound } from '#platform/errors'
import { isId, type Id } from '#platform/ids'
import { bool, id, number, text, texts, written } from '../input.ts'
import type { Call } from '../routes.ts'
import { policyInput, readPolicy } from './interaction-policy.ts'

/** What is absent, and what clients send for it: nothing, null, or a blank text (HTTP-11, TRIP-50). */
const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''

const optional = <S extends z.ZodType>(shape: S) =>
  z.preprocess((value) => (isAbsent(value) ? undefined : value), shape.optional())

/** A list whose blank members are none. */
const named = () => texts().transform((list) => list.filter((each) => each !== ''))

const poll = optional(
  z.looseObject({ options: named(), expires_in: number(), multiple: bool(), hide_totals: bool() }),
)

const shared = {
  status: text(),
  spoiler_text: text(),
  sensitive: bool(),
  language: optional(z.string()),
  media_ids: named(),
  poll,
  quote_approval_policy: optional(z.string()),
  interaction_policy: policyInput,
}

/** The parameters of a new post. */
export const statusInput = z.looseObject({
  ...shared,
  visibility: optional(z.string()),
  in_reply_to_id: optional(text()),
  quoted_status_id: optional(text()),
  quote_id: optional(text()),
  group_id: optional(text()),
  scheduled_at: optional(z.string()),
  allowed_mentions: z.preprocess((value) => value ?? undefined, named().optional()),
})

/** The parameters of an edit. */
export const statusEditInput = z.looseObject({
  ...shared,
  id: id(),
  media_attributes: z.preprocess(
    (value) => (Array.isArray(value) ? value : isAbsent(value) ? [] : [value]),
    z.array(
      z.looseObject({
        id: z.preprocess(written, z.string()),
        description: text().nullable(),
        focus: text().nullable(),
      }),
    ),
  ),
})

// Beyond it neither JSON nor PostgreSQL agree on how a year is written.
const LAST = Date.UTC(9999, 11, 31)

type Shared = Pick<z.output<typeof statusInput>, keyof typeof shared>

const readShared = (input: Shared) => ({
  text: input.status,
  spoilerText: input.spoiler_text,
  isSensitive: input.sensitive,
  language: input.language,
  mediaIds: input.media_ids,
  poll: readPoll(input.poll),
  quotePolicy: input.quote_approval_policy,
  interactionPolicy: readPolicy(input.interaction_policy),
})

// Apps with a form for polls send an empty one when it was not opened.
const readPoll = (asked: z.output<typeof poll>): NewPoll | undefined =>
  asked && asked.options.length > 0
    ? {
        options: asked.options,
        expiresIn: asked.expires_in,
        isMultiple: asked.multiple,
        hidesTotals: asked.hide_totals,
      }
    : undefined

/** Reads a new post. Throws NotFound for an answer to what cannot exist (POST-08). */
export function readPost(input: z.output<typeof statusInput>, idempotencyKey?: string): NewPost {
  const groupId = readParent(input.group_id)
  return {
    ...readShared(input),
    // What apps with groups say of a post in one.
    visibility: groupId && input.visibility === 'group' ? 'public' : input.visibility,
    groupId,
    replyToId: readParent(input.in_reply_to_id),
    // The older name stands for the newer one where that is not given (client extensions 4.3).
    quotedId: readParent(input.quoted_status_id ?? input.quote_id),
    allowedMentions: input.allowed_mentions,
    idempotencyKey,
  }
}

function readParent(asked: string | undefined): Id | undefined {
  if (asked !== undefined && !isId(asked)) throw new NotFound()
  return asked
}

/** A time to publish at; undefined for now, which one in the past is too (POST-17). Throws Invalid for what is none (ID-11). */
export function readTime(asked: string | undefined): Date | undefined {
  if (asked === undefined) return undefined
  const time = new Date(asked)
  if (Number.isNaN(time.getTime()) || time.getTime() > LAST)
    throw new Invalid('Validation failed: Scheduled at is no time')
  return time > now() ? time : undefined
}

type Edit = z.output<typeof statusEditInput>

/** Reads an edit; `files` are those that came with it. */
export const readEdit = (input: Edit, files: Call['files']): PostEditDraft => ({
  ...readShared(input),
  postId: input.id,
  mediaWords: input.media_attributes.map(({ id: mediumId, description, focus }, at, { length }) => ({
    id: mediumId,
    description: description ?? undefined,
    focus: focus ?? undefined,
    // Without a number nobody can tell whose of several it is.
    thumbnail:
      files[`media_attributes[${at}][thumbnail]`] ??
      (length === 1 ? files['media_attributes[][thumbnail]'] : undefined),
  })),
})
