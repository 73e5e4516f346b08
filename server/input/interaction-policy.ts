import { z } from 'zod'
import type { AskedPolicy, AskedRule } from '#core/posts/interactions/choose-policy'
import type { Interaction } from '#core/posts/interactions/interaction.policy'
import { texts } from '../input.ts'

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === ''
const optional = <S extends z.ZodType>(shape: S) =>
  z.preprocess((value) => (isAbsent(value) ? undefined : value), shape.optional())
const who = () => optional(texts())

// Newer apps of this family have other words for the same.
const rule = optional(
  z.looseObject({
    always: who(),
    with_approval: who(),
    automatic_approval: who(),
    manual_approval: who(),
  }),
)

/** Who may reply to, like and boost a post, as apps of GoToSocial's family say it (client extensions 4.13). */
export const policyInput = optional(z.looseObject({ can_favourite: rule, can_reply: rule, can_reblog: rule }))

/** Reads it; what says nothing is left out. */
export function readPolicy(asked: z.output<typeof policyInput>): AskedPolicy | undefined {
  if (!asked) return undefined
  const rules: [Interaction, z.output<typeof rule>][] = [
    ['like', asked.can_favourite],
    ['reply', asked.can_reply],
    ['boost', asked.can_reblog],
  ]
  return Object.fromEntries(rules.flatMap(([kind, said]) => readRule(said).map((read) => [kind, read])))
}

function readRule(said: z.output<typeof rule>): AskedRule[] {
  const [always, withApproval] = [
    said?.automatic_approval ?? said?.always,
    said?.manual_approval ?? said?.with_approval,
  ]
  const some = (list: string[] | undefined) => (list ?? []).filter((each) => each !== '')
  return always || withApproval ? [{ always: some(always), withApproval: some(withApproval) }] : []
}
