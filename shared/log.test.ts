import { DatabaseError } from 'pg';
import { asRequest, currentRequest, told } from './log';

it('of an error it tells no value, nor what drivers hang on it', () => {
  const error = Object.assign(new DatabaseError('invalid input syntax for type uuid: "secret"', 1, 'error'), { code: '22P02', detail: 'Key (email)=(secret)', parameters: ['secret'] });
  expect(JSON.stringify(told(error))).not.toContain('secret');
  expect(told(error)).toMatchObject({ message: 'SQLSTATE 22P02', stack: expect.stringContaining('log.test') });
  expect(told(Object.assign(new Error('relation "away" does not exist'), { code: '42P01', query: 'secret' }))).toEqual({ name: 'Error', message: 'relation "away" does not exist', stack: expect.any(String) });
});

it('requests that are answered at the same time keep their ids apart', async () => {
  const ids = await Promise.all(['request-1', 'request-2'].map((id) => asRequest({ 'x-request-id': id }, async () => (await Promise.resolve(), currentRequest()))));
  expect(ids).toEqual(['request-1', 'request-2']);
  expect(currentRequest()).toBeUndefined();
});
