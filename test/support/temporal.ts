import { Temporal } from '@js-temporal/polyfill'

// The polyfill is typed for itself, not for the global of newer Node versions that it stands in for.
globalThis.Temporal ??= Temporal as unknown as typeof globalThis.Temporal
