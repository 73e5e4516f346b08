import type { Stage } from '#core/remote'
import { followersStep, inboxStep, queueStep, storedStep } from './here.ts'
import { addressStep, connectionStep, dnsStep, ruleStep, webfingerStep } from './on-the-way.ts'
import type { Finding, Step, Walk } from './step.ts'
import { documentStep, parsingStep, signatureStep } from './there.ts'

const wayThere: readonly Step[] = [
  addressStep,
  ruleStep,
  dnsStep,
  connectionStep,
  webfingerStep,
  signatureStep,
  documentStep,
  parsingStep,
]

/** What is known here needs nobody's answer, only that it is clear which server is meant. */
const here: readonly Step[] = [storedStep, followersStep, inboxStep, queueStep]

/**
 * Walks the way to something on another server and says of each stage how it went: address, block, DNS, connection and TLS,
 * WebFinger, signature, document, parsing; then what is stored here, what the inbox refused, and what waits in the queue.
 */
export async function trace(text: string): Promise<Stage[]> {
  const walk: Walk = { text: text.trim() }
  const stages = await along(wayThere, walk)
  const rest = walk.host ? await along(here, walk) : here.map(notReached)
  return [...stages, ...rest]
}

async function along(steps: readonly Step[], walk: Walk): Promise<Stage[]> {
  const stages: Stage[] = []
  for (const step of steps) {
    if (stages.some(({ verdict }) => verdict === 'stops here')) stages.push(notReached(step))
    else stages.push({ stage: step.stage, ...(await found(step, walk)) })
  }
  return stages
}

const found = (step: Step, walk: Walk): Promise<Finding> => step.look(walk)

const notReached = ({ stage }: Step): Stage => ({ stage, verdict: 'not reached', says: '' })
