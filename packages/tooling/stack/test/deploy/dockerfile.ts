import { DockerfileParser } from 'dockerfile-ast'
import { z } from 'zod'

/** A stage of a Dockerfile, with what it takes over from the stage that it begins with. */
export interface Stage {
  /** The commands of its own `RUN`. */
  runs: string[]
  env: Record<string, string>
  /** The words before those of a command. */
  entrypoint: string[]
  command: string[]
  healthcheck: string[]
}

/** Reads the stages of a Dockerfile whose `CMD`, `ENTRYPOINT` and `HEALTHCHECK` are in JSON. */
export function readStages(text: string): Map<string, Stage> {
  const stages = new Map<string, Stage>()
  let stage = createStage()
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const content = instruction.getArgumentsContent() ?? ''
    switch (instruction.getKeyword()) {
      case 'FROM': {
        const [base = '', , name = ''] = content.split(' ')
        stage = createStage(stages.get(base))
        stages.set(name, stage)
        break
      }
      case 'RUN':
        stage.runs.push(content)
        break
      case 'ENV':
        for (const [, name = '', value = ''] of content.matchAll(/(\w+)=(\S+)/g)) stage.env[name] = value
        break
      case 'ENTRYPOINT':
        stage.entrypoint = wordsOf(content)
        break
      case 'CMD':
        stage.command = wordsOf(content)
        break
      case 'HEALTHCHECK':
        stage.healthcheck = wordsOf(content)
        break
    }
  }
  return stages
}

function createStage(base?: Stage): Stage {
  return { runs: [], env: { ...base?.env }, entrypoint: [], command: [], healthcheck: [] }
}

const words = z.array(z.string())
const wordsOf = (content: string) => words.parse(JSON.parse(content.slice(content.indexOf('['))))
