import { command } from '../command.ts'
import { plain, printJson } from '../print.ts'

export default command('federation why <address>', {
  says: 'Walk the way to an account or post elsewhere, by its handle or address, and show where it stops and what to do.',
  options: [{ flags: '--json', says: 'print the stages as JSON' }],
  run: async ({ remote }, { address, json }) => {
    const stages = await remote.trace(String(address))
    const stopped = stages.find(({ verdict }) => verdict === 'stops here')
    if (json) printJson(stages)
    else
      for (const { stage, verdict, says, advice } of stages)
        console.log(
          `${stage.padEnd(11)}${verdict.padEnd(13)}${plain([says, advice].filter(Boolean).join(' → '))}`.trimEnd(),
        )
    if (stopped) throw new Error(`It stops at: ${stopped.stage}`)
  },
})
