import { now } from '../aws/clock.ts';
import { queueDoor, route } from '../aws/queue-door.ts';
import { customerTell, TELL } from './events.ts';
import { tellCustomer } from './tell.ts';

/** The queue `works-customers.fifo`: what each customer is told of a works, one decision after the other. */
export const handler = queueDoor({
  [TELL]: route(customerTell, ({ data: { worksId, ocn, cause } }) => tellCustomer({ worksId, ocn }, cause, now())),
});
