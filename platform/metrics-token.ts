import { secretFor } from './secrets.ts'

/** What opens `GET /metrics` from other machines: the same in every process of the instance. */
export const metricsToken = (): string => secretFor('metrics').toString('base64url')
