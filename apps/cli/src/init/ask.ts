import { isCancel, text } from '@clack/prompts';
import { QUESTIONS, type Answers, type Question } from './answers.ts';

/** Asks for every answer that is not given yet; null when the person stopped with Ctrl-C. */
export async function ask(given: Partial<Answers>): Promise<Partial<Answers> | null> {
  const answers = { ...given };
  for (const question of QUESTIONS) {
    if (answers[question.key] !== undefined) continue;
    const answer = await askOne(question);
    if (answer === null) return null;
    if (answer !== '') answers[question.key] = answer;
  }
  return answers;
}

/** The answer as it is used; empty: there is none; null: stopped. */
async function askOne({ message, example, usual, read }: Question): Promise<string | null> {
  const answer = await text({
    message,
    placeholder: example,
    ...(usual === null ? {} : { defaultValue: usual }),
    validate: (given = '') => {
      if (given === '') return usual === null ? 'an answer is needed' : undefined;
      const result = read(given.trim());
      return 'expected' in result ? `expected ${result.expected}` : undefined;
    },
  });
  if (isCancel(answer)) return null;
  const result = read(answer.trim());
  return 'value' in result ? result.value : '';
}
