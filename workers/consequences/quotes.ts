import { notifyOfQuote } from '#core/notifications/notify-of-quote'
import { refreshStreams } from '#core/timelines/refresh-streams'
import { checkQuote } from '#federation/check-quote'
import { deliverChange } from '#federation/deliveries/post'
import { deliverQuoteAnswer, deliverQuoteRequest, deliverRevocation } from '#federation/deliveries/quote'
import { consequences } from '../consequences.ts'

/** What follows from quotes. */
export default consequences({
  'quote.made': [checkQuote, deliverQuoteRequest],
  'quote.accepted': [notifyOfQuote, deliverQuoteRequest],
  'quote.changed': [refreshStreams, deliverChange],
  'quote.revoked': [deliverRevocation],
  'quote.answered': [deliverQuoteAnswer],
  'quote.policyChanged': [refreshStreams, deliverChange],
})
