import { recordContact } from '#core/instances/record-contact'
import { hasten } from '#platform/hasten'

/**
 * A server is there: it answered, or a request with its signature came. What could not be delivered to it is tried again at
 * once instead of when it would be due.
 */
export async function hearFrom(host: string): Promise<void> {
  if (await recordContact(host)) await hasten('delivery', `${host} `)
}
