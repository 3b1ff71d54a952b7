"""Batches: everything arrives once, in order, on the receiver's thread, and not too often."""

import threading
import time
from itertools import pairwise

from slipstream.bridge.outbox import INTERVAL, Outbox


def test_items_of_a_busy_thread_arrive_in_order_in_few_batches(qtbot):
    outbox = Outbox()
    batches, threads = [], set()

    def receive(batch):
        batches.append(batch)
        threads.add(threading.get_ident())

    outbox.batch.connect(receive)
    begin = time.monotonic()
    writer = threading.Thread(target=lambda: [outbox.put(i) for i in range(5000)])
    writer.start()
    qtbot.waitUntil(lambda: sum(map(len, batches)) == 5000)
    writer.join()
    assert [item for batch in batches for item in batch] == list(range(5000))
    assert len(batches) <= (time.monotonic() - begin) / INTERVAL + 2
    assert threads == {threading.get_ident()}


def test_a_single_item_does_not_wait_for_a_second(qtbot):
    outbox = Outbox()
    with qtbot.waitSignal(outbox.batch, timeout=2000) as first:
        outbox.put("a")
    assert first.args == [("a",)]
    with qtbot.waitSignal(outbox.batch, timeout=2000) as second:
        outbox.put("b")
    assert second.args == [("b",)]


def test_a_slow_receiver_is_asked_less_often(qtbot):
    outbox = Outbox()
    begins = []

    def receive(_batch):
        begins.append(time.monotonic())
        end = begins[-1] + 0.05
        while time.monotonic() < end:
            pass

    outbox.batch.connect(receive)
    stop = threading.Event()

    def write():
        while not stop.wait(0.001):
            outbox.put(0)

    writer = threading.Thread(target=write)
    writer.start()
    qtbot.waitUntil(lambda: len(begins) >= 4)
    stop.set()
    writer.join()
    gaps = [b - a for a, b in pairwise(begins)]
    assert min(gaps) >= 0.05 * 4 - 0.01  # the receiver has at most a quarter of the time
    outbox.deliver()


def test_deliver_gives_out_what_waits_and_nothing_twice(qtbot):
    outbox = Outbox()
    batches = []
    outbox.batch.connect(batches.append)
    outbox.put(1)
    outbox.put(2)
    outbox.deliver()
    outbox.deliver()
    assert batches == [(1, 2)]
