import type { Option } from "@/components/ui/field";
import type { IconName } from "@/components/ui/icon-names";
import type { Side } from "@/lib/districts/side-lists";
import type { TransferKind } from "@/lib/transfers/state";

/** What the two lists are called, and what they say of what waits. */
export const listWords: Record<
  TransferKind,
  Record<Side, { title: string; other: string; label: string; open: string; opens: string }>
> = {
  cases: {
    incoming: {
      title: "Incoming Transfer Requests",
      other: "From",
      label: "Incoming transfers",
      open: "wait for you",
      opens: "waits for you",
    },
    outgoing: {
      title: "Outgoing Transfer Requests",
      other: "To",
      label: "Outgoing transfers",
      open: "are not decided",
      opens: "is not decided",
    },
  },
  documents: {
    incoming: {
      title: "Incoming Document Transfers",
      other: "From",
      label: "Incoming document transfers",
      open: "wait for you",
      opens: "waits for you",
    },
    outgoing: {
      title: "Outgoing Document Transfers",
      other: "To",
      label: "Outgoing document transfers",
      open: "are held or reported",
      opens: "is held or reported",
    },
  },
};

const decided: Option[] = [
  { value: "completed", label: "Completed" },
  { value: "rejected", label: "Rejected" },
  { value: "cancelled", label: "Cancelled" },
  { value: "expired", label: "Expired" },
];
const moved: Option[] = [
  { value: "held", label: "Held" },
  { value: "delivered", label: "Delivered" },
  { value: "returned", label: "Returned" },
  { value: "recalled", label: "Recalled" },
  { value: "reported", label: "Reported" },
  { value: "redone", label: "Redone" },
  { value: "withdrawn", label: "Withdrawn" },
];

export const listStatuses: Record<TransferKind, Record<Side, Option[]>> = {
  cases: {
    incoming: [
      { value: "waiting", label: "Waiting for us" },
      { value: "pending", label: "Pending" },
      { value: "locked", label: "Locked" },
      { value: "unlocked", label: "Details needed" },
      ...decided,
    ],
    outgoing: [
      { value: "waiting", label: "Not decided" },
      { value: "preparing", label: "Preparing" },
      { value: "pending", label: "Pending" },
      { value: "locked", label: "Locked" },
      { value: "unlocked", label: "Details needed" },
      ...decided,
      { value: "failed", label: "Failed" },
    ],
  },
  documents: {
    incoming: [{ value: "waiting", label: "Waiting for us" }, ...moved],
    outgoing: [
      { value: "waiting", label: "Not settled" },
      { value: "preparing", label: "Preparing" },
      ...moved,
      { value: "failed", label: "Failed" },
    ],
  },
};

/** What an empty list says; `off` where the district's own switch keeps it empty. */
export const nothingWords: Record<
  TransferKind,
  Record<Side | "off", { title: string; hint: string; icon?: IconName }>
> = {
  cases: {
    incoming: {
      title: "Nothing has come in yet",
      hint: "When another district sends you cases, you get an email, and they wait here for the authorization code.",
    },
    outgoing: {
      title: "Nothing was sent yet",
      hint: "Choose cases on the Cases tab, then Bulk Actions ▸ Transfer to District.",
      icon: "send",
    },
    off: {
      title: "Nothing can be sent or arrive: transfers are off",
      hint: "Switch on Activate Case Transfers Between Districts above.",
    },
  },
  documents: {
    incoming: {
      title: "Nothing has come in yet",
      hint: "When another district sends documents about a student of yours, the new owner and the coordinator get an email.",
    },
    outgoing: {
      title: "Nothing was sent yet",
      hint: "Open a student, choose documents, then Share ▸ Transfer to Another District.",
      icon: "send",
    },
    off: {
      title: "Nothing can be sent or arrive: it is disabled",
      hint: "A district admin enables it under Admin ▸ Settings.",
    },
  },
};
