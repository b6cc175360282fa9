import { getServices } from '../directory/read.ts';
import type { Service } from '../directory/records.ts';
import type { Bill } from '../documents/bill.ts';

/** The services that bills name, by id. */
export async function servicesOn(bills: readonly Bill[]): Promise<ReadonlyMap<string, Service>> {
  const ids = bills.flatMap((bill) => bill.appliedCustomerBillingRate.flatMap(({ product }) => product?.id ?? []));
  const services = ids.length > 0 ? await getServices([...new Set(ids)]) : [];
  return new Map(services.map((service) => [service.serviceId, service]));
}
