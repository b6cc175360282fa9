import { type Call, CHARGE_DECIMALS } from './calls.ts';

const CARRIERPOST_HEADER =
  'recordId,chargedNumber,aNumber,bNumber,direction,startTime,durationSeconds,ratedSeconds,callClass,destination,timeBand,charge,currency,serviceId';

/** Places of the UK Standard CDR, version 3, counted from 1; the standard has 42 and no header row. */
const FCS_COLUMNS = 42;

/** The usage file's text in the account's layout. */
export function usageFile(calls: readonly Call[], layout: 'fcs-v3' | 'carrierpost'): string {
  const rows = calls.map(layout === 'fcs-v3' ? fcsRow : carrierpostRow);
  return `${(layout === 'fcs-v3' ? rows : [CARRIERPOST_HEADER, ...rows]).join('\n')}\n`;
}

/** A charge as a decimal with five places. */
export function chargeText(charge: bigint): string {
  const digits = charge.toString().padStart(CHARGE_DECIMALS + 1, '0');
  return `${digits.slice(0, -CHARGE_DECIMALS)}.${digits.slice(-CHARGE_DECIMALS)}`;
}

function carrierpostRow(call: Call): string {
  const { recordId, chargedNumber, aNumber, bNumber, direction, seconds, callClass, destination, timeBand, currency, serviceId } = call;
  const startTime = call.localTime + call.offset;
  return [
    ...[recordId, chargedNumber, aNumber, bNumber, direction, startTime, seconds, seconds],
    ...[callClass, destination, timeBand, chargeText(call.charge), currency, serviceId].map(quoted),
  ].join(',');
}

function fcsRow(call: Call): string {
  const [date, time] = call.localTime.split('T') as [string, string];
  const [year, month, day] = date.split('-');
  const columns = Array<string>(FCS_COLUMNS).fill('');
  const put = (place: number, value: string | number) => {
    columns[place - 1] = quoted(value);
  };
  put(1, call.direction === 'inbound' ? 'I' : 'V');
  put(2, 0);
  put(3, call.chargedNumber);
  put(4, call.bNumber);
  put(5, `${day}/${month}/${year}`);
  put(6, time);
  put(7, call.seconds);
  put(10, call.destination);
  put(11, call.callClass);
  put(12, { peak: 'D', 'off-peak': 'E', weekend: 'W' }[call.timeBand]);
  put(13, chargeText(call.charge));
  put(18, call.callClass);
  put(29, call.recordId);
  put(30, call.currency);
  if (call.direction === 'inbound') put(31, call.aNumber);
  put(32, call.serviceId);
  return columns.join(',');
}

function quoted(value: string | number): string {
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
