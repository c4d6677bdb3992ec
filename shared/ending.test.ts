import { Ending } from './ending';

it('is told once, to those who listen, with a reason', () => {
  const over = new Ending();
  const heard: string[] = [];
  const gone = () => heard.push('gone');
  over.addEventListener('abort', () => heard.push('always'));
  over.addEventListener('abort', gone);
  over.removeEventListener('abort', gone);
  expect(over.aborted).toBe(false);
  over.abort();
  over.abort();
  expect(heard).toEqual(['always']);
  expect(over).toMatchObject({ aborted: true, reason: { name: 'AbortError' } });
});

it('is heard by as many as there are', () => {
  const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const over = new Ending();
  for (let at = 0; at < 50; at++) over.addEventListener('abort', () => undefined);
  expect(warned).not.toHaveBeenCalled();
});
