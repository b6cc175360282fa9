import { getServices } from '../directory/read.ts';
import type { Service } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';

/**
 * The services that bills name, by id.
 * @param most for who only looks: bills that name more are shown without what the directory says of them
 */
export async function servicesOn(bills: readonly Bill[], most = Number.POSITIVE_INFINITY): Promise<ReadonlyMap<string, Service>> {
  const ids = new Set(bills.flatMap((bill) => bill.appliedCustomerBillingRate.flatMap(({ product }) => product?.id ?? [])));
  const services = ids.size > 0 && ids.size <= most ? await getServices([...ids]) : [];
  return new Map(services.map((service) => [service.serviceId, service]));
}
