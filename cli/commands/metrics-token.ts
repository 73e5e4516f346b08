import { metricsToken } from '#platform/metrics-token'
import { command } from '../command.ts'

export default command('metrics token', {
  says: 'Show the token with which another machine may read /metrics.',
  run: async () => console.log(metricsToken()),
})
