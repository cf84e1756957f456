"""Random asyncio programs, as trees of statements that can be made smaller.

A program is made from a seed alone. It has a few primitives, some coroutines with random bodies, and
a main that starts them, cancels what is left after a while and waits for it. All delays are
multiples of 10 ms, so that much of it happens at one moment: what is compared is order.
"""
import random

DELAYS = ['0', '0', '0', '0.01', '0.01', '0.02', '0.02', '0.03', '0.05']
ALL = ('lock', 'event', 'condition', 'semaphore', 'barrier', 'queue', 'task', 'cancel', 'gather',
       'future', 'callback', 'wait', 'wait_for', 'timeout', 'shield', 'group', 'generator', 'thread',
       'as_completed', 'eager', 'pool', 'context', 'stack', 'leave')


# What is told of an exception: without the text of objects in it.
SHOW = ['def show(what):', '    if isinstance(what, list):',
        "        return ', '.join(show(one) for one in what)",
        "    return repr(what).partition('<')[0]", '', 'def other(number):',
        '    others = [task for task in tasks if task is not asyncio.current_task()]',
        '    return others[number % len(others)] if others else future']


class Node:
    """A statement: a line, or a header with a body and perhaps more such parts (except, finally)."""

    def __init__(self, head, body=None, *rest):
        self.head = head
        self.parts = None if body is None else [(head, body), *rest]

    def lines(self, indent):
        if self.parts is None:
            return [f'{indent}{self.head}']
        lines = []
        for head, body in self.parts:
            lines.append(f'{indent}{head}')
            inner = [line for node in body for line in node.lines(indent + '    ')]
            lines.extend(inner or [f'{indent}    pass'])
        return lines


class Program:
    def __init__(self, preamble, functions, main):
        self.preamble, self.functions, self.main = preamble, functions, main

    def text(self):
        lines = ['import asyncio', 'import concurrent.futures', 'import contextlib',
                 'import contextvars', 'import time', '', *self.preamble, 'tasks = []', '', *SHOW]
        for head, body in self.functions:
            lines += ['', *Node(head, body).lines('')]
        lines += ['', *Node('async def main():', self.main).lines(''), '', 'asyncio.run(main())', '']
        return '\n'.join(lines)

    def bodies(self):
        """All lists of statements, outermost first."""
        found = [body for _, body in self.functions] + [self.main]
        for body in found:
            for node in body:
                found.extend(part for _, part in node.parts or ())
        return found


class Maker:
    def __init__(self, seed, features=ALL):
        self.random = random.Random(seed)
        self.features = set(features)
        self.labels = 0
        self.coroutines = []
        self.budget = 0

    def pick(self, *items):
        return self.random.choice(items)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def delay(self):
        return self.random.choice(DELAYS)

    def has(self, feature):
        return feature in self.features

    # ----------------------------------------------------------------------------- statements
    def say(self, more=''):
        self.labels += 1
        return Node(f"print(f'{self.labels}{' ' if more else ''}{more}')")

    def sleep(self):
        return Node(f'await asyncio.sleep({self.delay()})')

    def body(self, depth, size=3):
        statements = []
        for _ in range(self.random.randint(1, size)):
            if self.budget <= 0:
                break
            self.budget -= 1
            statements += self.statement(depth)
        return statements

    def statement(self, depth):
        simple = [self.one_sleep, self.one_sleep, self.one_say, self.some_raise]
        compound = [self.some_try, self.some_finally, self.some_loop]
        for feature, of_simple, of_compound in (
            ('lock', [self.lock_by_hand], [self.with_lock]),
            ('event', [self.event_set, self.event_wait, self.event_clear], []),
            ('condition', [self.notify], [self.with_condition]),
            ('semaphore', [self.release_semaphore], [self.with_semaphore]),
            ('barrier', [self.barrier_wait, self.barrier_other], []),
            ('queue', [self.put, self.get, self.put, self.get, self.nowait, self.done], []),
            ('task', [self.create, self.await_task], []),
            ('cancel', [self.cancel, self.cancel_self], [self.catch_cancel]),
            ('gather', [self.gather], []),
            ('future', [self.future_set, self.future_wait], []),
            ('callback', [self.callback], []),
            ('wait', [self.wait], []),
            ('wait_for', [self.wait_for], []),
            ('timeout', [], [self.timeout]),
            ('shield', [self.shield], []),
            ('group', [], [self.group]),
            ('generator', [self.step_generator, self.close_generator], [self.async_for]),
            ('thread', [self.thread, self.from_thread], []),
            ('pool', [self.pool, self.pool_later], []),
            ('context', [self.set_variable, self.in_context], []),
            ('stack', [], [self.exit_stack]),
            ('as_completed', [self.as_completed], []),
        ):
            if self.has(feature):
                simple += of_simple
                compound += of_compound
        if depth > 0 and self.chance(40):
            return self.random.choice(compound)(depth - 1)
        return self.random.choice(simple)()

    def one_sleep(self):
        return [self.sleep()]

    def one_say(self):
        return [self.say()]

    def some_raise(self):
        if self.chance(35):
            return [Node(f"raise {self.pick('ValueError', 'KeyError')}({self.random.randint(0, 9)})")]
        return [self.say()]

    def some_try(self, depth):
        handler = [self.say('{show(error)}')] + (self.body(depth, 1) if self.chance(30) else [])
        kind = self.pick('ValueError', 'Exception', 'Exception', '(KeyError, RuntimeError)')
        return [Node('try:', self.body(depth), (f'except {kind} as error:', handler))]

    def some_finally(self, depth):
        last = [self.say()] + ([self.sleep(), self.say()] if self.chance(40) else [])
        return [Node('try:', self.body(depth), ('finally:', last))]

    def some_loop(self, depth):
        return [Node(f'for _ in range({self.random.randint(2, 3)}):', self.body(depth, 2))]

    def lock(self):
        return f'lock{self.random.randint(0, 1)}'

    def with_lock(self, depth):
        lock = self.lock()
        return [Node(f'async with {lock}:', [self.say(), *self.body(depth)]),
                self.say(f'{{{lock}.locked()}}')]

    def lock_by_hand(self):
        lock = self.lock()
        release = Node('try:', [Node(f'{lock}.release()')],
                       ('except RuntimeError as error:', [self.say('{error}')]))
        if self.chance(30):
            return [release]
        return [Node(f'await {lock}.acquire()'), self.say(), self.sleep(), release]

    def event(self):
        return f'event{self.random.randint(0, 1)}'

    def event_set(self):
        return [Node(f'{self.event()}.set()')]

    def event_clear(self):
        return [Node(f'{self.event()}.clear()')]

    def event_wait(self):
        return [Node(f'await {self.event()}.wait()'), self.say()]

    def with_condition(self, depth):
        body = [self.say()]
        if self.chance(70):
            waits = self.pick('wait()', 'wait()', 'wait_for(lambda: len(tasks) > 4)',
                              'wait_for(event0.is_set)')
            body += [Node(f'await condition.{waits}'), self.say('{condition.locked()}')]
        if self.chance(50):
            body += [Node(f"condition.{self.pick('notify()', 'notify(2)', 'notify_all()')}")]
        return [Node('async with condition:', body + self.body(depth, 2))]

    def notify(self):
        call = self.pick('notify()', 'notify(2)', 'notify_all()')
        if self.chance(20):
            return [Node('try:', [Node(f'condition.{call}')],
                         ('except RuntimeError as error:', [self.say('{error}')]))]
        return [Node('async with condition:', [Node(f'condition.{call}'), self.say()])]

    def semaphore(self):
        return self.pick('semaphore', 'semaphore', 'bounded')

    def with_semaphore(self, depth):
        semaphore = self.semaphore()
        return [Node(f'async with {semaphore}:', [self.say(), *self.body(depth)]),
                self.say(f'{{{semaphore}.locked()}}')]

    def release_semaphore(self):
        return [Node('try:', [Node(f'{self.semaphore()}.release()')],
                     ('except ValueError as error:', [self.say('{error}')]))]

    def barrier_wait(self):
        return [Node('try:', [Node('index = await barrier.wait()'), self.say('{index}')],
                     ('except asyncio.BrokenBarrierError as error:', [self.say('{error}')]))]

    def barrier_other(self):
        if self.chance(60):
            return self.barrier_wait()
        return [Node(f"await barrier.{self.pick('abort', 'reset', 'reset')}()"),
                self.say('{barrier.n_waiting} {barrier.broken}')]

    def queue(self):
        return self.pick('queue', 'queue', 'queue', 'stack', 'heap')

    def put(self):
        queue, item = self.queue(), self.random.randint(0, 9)
        return [Node(f'await {queue}.put({item})'), self.say(f'{{{queue}.qsize()}}')]

    def get(self):
        queue = self.queue()
        return [Node(f'item = await {queue}.get()'), self.say('{item}')]

    def nowait(self):
        queue = self.queue()
        if self.chance(50):
            return [Node('try:', [Node(f'{queue}.put_nowait({self.random.randint(0, 9)})')],
                         ('except asyncio.QueueFull as error:', [self.say('full')]))]
        return [Node('try:', [Node(f'item = {queue}.get_nowait()'), self.say('{item}')],
                     ('except asyncio.QueueEmpty as error:', [self.say('{show(error)}')]))]

    def done(self):
        queue = self.queue()
        which = self.random.randrange(12)
        if which < 6:
            return [Node('try:', [Node(f'{queue}.task_done()')],
                         ('except ValueError as error:', [self.say('{error}')]))]
        if which < 9:
            return [Node(f'await {queue}.join()'), self.say()]
        immediate = self.pick('', 'immediate=True')
        return [Node(f"if hasattr({queue}, 'shutdown'):", [Node(f'{queue}.shutdown({immediate})')])]

    def call(self):
        return f'{self.random.choice(self.coroutines)}()'

    def create(self):
        return [Node(f'tasks.append(asyncio.create_task({self.call()}))')]

    def some_task(self):
        return f'other({self.random.randint(0, 3)})'

    def await_task(self):
        return [Node('try:', [Node(f'await {self.some_task()}'), self.say()],
                     ('except Exception as error:', [self.say('{show(error)}')]))]

    def cancel(self):
        message = self.pick('', '', "'m'")
        return [Node(f'answer = {self.some_task()}.cancel({message})'), self.say('{answer}')]

    def cancel_self(self):
        if self.chance(60):
            return self.cancel()
        return [Node('asyncio.current_task().cancel()')]

    def catch_cancel(self, depth):
        handler = [self.say('{show(error)}')]
        if self.chance(30):
            handler += [self.sleep(), self.say()]
        if self.chance(60):
            handler += [Node('raise')]
        elif self.chance(40):
            handler += [Node('left = asyncio.current_task().uncancel()'), self.say('{left}')]
        return [Node('try:', self.body(depth),
                     ('except asyncio.CancelledError as error:', handler))]

    def gather(self):
        calls = ', '.join(self.pick(self.call(), self.call(), self.some_task())
                          for _ in range(self.random.randint(1, 3)))
        if self.chance(50):
            return [Node(f'results = await asyncio.gather({calls}, return_exceptions=True)'),
                    self.say('{show(results)}')]
        return [Node('try:', [Node(f'results = await asyncio.gather({calls})'), self.say('{show(results)}')],
                     ('except Exception as error:', [self.say('{show(error)}')]))]

    def future_set(self):
        return [Node('if not future.done():', [Node(self.pick(
            "future.set_result('there')", "future.set_exception(KeyError('no'))", 'future.cancel()',
            "future.set_result('there')"))])]

    def future_wait(self):
        waited = self.pick('future', 'asyncio.shield(future)') if self.has('shield') else 'future'
        return [Node('try:', [Node(f'value = await {waited}'), self.say('{value}')],
                     ('except KeyError as error:', [self.say('{show(error)}')]))]

    def callback(self):
        self.labels += 1
        if self.chance(30):
            return self.done_callback()
        call = self.pick(f'call_soon(print, {self.labels})',
                         f'call_later({self.delay()}, print, {self.labels})')
        if self.chance(30):
            return [Node(f'handle = asyncio.get_running_loop().{call}'), self.sleep(),
                    Node('handle.cancel()')]
        return [Node(f'asyncio.get_running_loop().{call}')]

    def done_callback(self):
        callback = self.pick('told', 'told', 'told_loudly')
        of = self.pick('future', self.some_task())
        added = Node(f'target = {of}'), Node(f'target.add_done_callback({callback})')
        if self.chance(30):
            return [*added, self.sleep(), Node(f'count = target.remove_done_callback({callback})'),
                    self.say('{count}')]
        return list(added)

    def wait(self):
        some = ', '.join(f'asyncio.create_task({self.call()})'
                         for _ in range(self.random.randint(1, 3)))
        more = ''
        if self.chance(50):
            more += f', timeout={self.delay()}'
        if self.chance(60):
            more += f", return_when=asyncio.{self.pick('FIRST_COMPLETED', 'FIRST_EXCEPTION')}"
        return [Node(f'waited = [{some}]'), Node('tasks.extend(waited)'),
                Node(f'done, pending = await asyncio.wait(waited{more})'),
                self.say('{len(done)} {len(pending)}')]

    def wait_for(self):
        what = self.pick(self.call(), self.call(), self.some_task(), 'queue.get()', 'event0.wait()',
                         'asyncio.sleep(0.02)', 'lock0.acquire()')
        limit = self.pick(self.delay(), self.delay(), 'None')
        return [Node('try:', [Node(f'value = await asyncio.wait_for({what}, {limit})'),
                              self.say('{value}')],
                     ('except Exception as error:', [self.say('{show(error)}')]))]

    def timeout(self, depth):
        if self.chance(30):
            return self.moved_timeout(depth)
        return [Node('try:', [Node(f'async with asyncio.timeout({self.delay()}):', self.body(depth)),
                              self.say()],
                     ('except TimeoutError as error:', [self.say('timeout')]))]

    def moved_timeout(self, depth):
        self.labels += 1
        name = f'limit{self.labels}'
        when = self.pick('None', f'asyncio.get_running_loop().time() + {self.delay()}')
        moved = Node('try:', [Node(f'{name}.reschedule({when})')],
                     ('except RuntimeError as error:', [self.say('{show(error)}')]))
        body = [*self.body(depth, 2), moved, *self.body(depth, 2)]
        block = Node(f'async with asyncio.timeout({self.pick(self.delay(), "None")}) as {name}:', body)
        return [Node('try:', [block, self.say()],
                     ('except TimeoutError as error:', [self.say(f'{{{name}.expired()}}')]),
                     ('finally:', [self.say(f'{{asyncio.current_task().cancelling()}}')]))]

    def shield(self):
        return [Node('try:', [Node(f'value = await asyncio.shield({self.some_task()})'),
                              self.say('{value}')],
                     ('except Exception as error:', [self.say('{show(error)}')]))]

    def group(self, depth):
        if self.chance(15):
            return self.cancelled_group(depth)
        children = [Node(f'group.create_task({self.call()})')
                    for _ in range(self.random.randint(1, 3))]
        handler = [self.say('{[type(one).__name__ for one in error.exceptions]}')]
        return [Node('try:', [Node('async with asyncio.TaskGroup() as group:',
                                   children + self.body(depth, 2)), self.say()],
                     ('except BaseExceptionGroup as error:', handler))]

    def cancelled_group(self, depth):
        body = [Node(f'group.create_task({self.call()})'), *self.body(depth, 2),
                Node("if hasattr(group, 'cancel'):", [Node('group.cancel()')]),
                *self.body(depth, 2)]
        return [Node('try:', [Node('async with asyncio.TaskGroup() as group:', body), self.say()],
                     ('except* (ValueError, KeyError) as error:', [self.say()]))]

    def step_generator(self):
        self.labels += 1
        name = f'steps{self.labels}'
        take = [Node(f'number = await anext({name})'), self.say('{number}')]
        if self.chance(50):
            take += [Node(f'number = await {name}.asend({self.random.randint(0, 9)})'),
                     self.say('{number}')]
        last = self.pick(f'await {name}.aclose()', f'await {name}.athrow(ValueError(1))', 'pass',
                         f'del {name}')
        return [Node(f'{name} = numbers()'),
                Node('try:', [*take, Node(last), self.say()],
                     ('except (ValueError, StopAsyncIteration, RuntimeError) as error:',
                      [self.say('{show(error)}')]))]

    def close_generator(self):
        return [Node('doubled = [number async for number in doubles() if number != 2]'),
                self.say('{doubled}')]

    def async_for(self, depth):
        body = [self.say('{number}'), *self.body(depth, 1)]
        if self.chance(30):
            body.append(Node('if number == 1:', [Node('break')]))
        return [Node('async for number in numbers():', body)]

    def thread(self):
        self.labels += 1
        return [Node(f'value = await asyncio.to_thread(job, {self.pick(*DELAYS[3:])}, {self.labels})'),
                self.say('{value}')]

    def from_thread(self):
        self.labels += 1
        return [Node('loop = asyncio.get_running_loop()'),
                Node(f'value = await asyncio.to_thread(job_back, loop, {self.pick(*DELAYS[3:])}, '
                     f'{self.labels})'), self.say('{value}')]

    def pool(self):
        self.labels += 1
        run = (f'asyncio.get_running_loop().run_in_executor(pool, job, {self.pick(*DELAYS[3:])}, '
               f'{self.labels})')
        if self.chance(40):
            return [Node(f'tasks.append({run})')]
        return [Node(f'value = await {run}'), self.say('{value}')]

    def pool_later(self):
        self.labels += 1
        work = f'pool.submit(job, {self.pick(*DELAYS[3:])}, {self.labels})'
        return [Node(f'value = await asyncio.wrap_future({work})'), self.say('{value}')]

    def set_variable(self):
        return [Node(f'variable.set({self.random.randint(0, 9)})'), self.say('{variable.get()}')]

    def in_context(self):
        self.labels += 1
        which = self.random.randrange(3)
        if which == 0:
            return [self.say('{variable.get()}')]
        if which == 1:
            return [Node('context = contextvars.copy_context()'),
                    Node(f'tasks.append(asyncio.create_task({self.call()}, context=context))'),
                    self.sleep(), self.say('{context.get(variable)}')]
        return [Node('asyncio.get_running_loop().call_soon(tell_variable, '
                     f'{self.labels}, context=contextvars.copy_context())'),
                Node(f'variable.set({self.random.randint(0, 9)})')]

    def exit_stack(self, depth):
        enter = [Node(f'await exits.enter_async_context({self.pick("lock0", "semaphore", "guard()")})')
                 for _ in range(self.random.randint(1, 2))]
        return [Node('async with contextlib.AsyncExitStack() as exits:', enter + self.body(depth, 2))]

    def as_completed(self):
        if self.chance(25):
            return self.as_completed_tasks()
        calls = ', '.join(self.call() for _ in range(self.random.randint(1, 3)))
        limit = f', timeout={self.delay()}' if self.chance(30) else ''
        inner = [Node('try:', [Node('value = await earliest'), self.say('{value}')],
                      ('except Exception as error:', [self.say('{show(error)}')]))]
        return [Node(f'for earliest in asyncio.as_completed([{calls}]{limit}):', inner)]

    def as_completed_tasks(self):
        calls = ', '.join(self.some_task() for _ in range(self.random.randint(1, 3)))
        limit = f', timeout={self.delay()}' if self.chance(40) else ''
        loop = Node(f'async for earliest in asyncio.as_completed([{calls}]{limit}):',
                    [self.say('{earliest in tasks}')])
        return [Node('try:', [loop], ('except (TypeError, TimeoutError) as error:',
                                      [self.say('{type(error).__name__}')]))]

    # ----------------------------------------------------------------------------- programs
    def program(self):
        few = self.random.randint
        preamble = ['lock0 = asyncio.Lock()', 'lock1 = asyncio.Lock()', 'event0 = asyncio.Event()',
                    'event1 = asyncio.Event()', 'condition = asyncio.Condition()',
                    f'semaphore = asyncio.Semaphore({few(0, 2)})',
                    f'bounded = asyncio.BoundedSemaphore({few(1, 2)})',
                    f'barrier = asyncio.Barrier({few(1, 3)})',
                    f'queue = asyncio.Queue(maxsize={few(0, 2)})',
                    f'stack = asyncio.LifoQueue(maxsize={few(0, 2)})',
                    f'heap = asyncio.PriorityQueue(maxsize={few(0, 2)})']
        # Some programs are about few things, so that these meet often.
        if self.chance(60):
            some = self.random.sample(sorted(self.features), min(len(self.features), few(1, 4)))
            self.features = set(some) | (self.features & {'task', 'cancel'})
        n = few(2, 4)
        self.coroutines = [f'work{number}' for number in range(n)]
        functions = []
        names = list(self.coroutines)
        for number in range(n):
            # A coroutine starts only those after it, so that all of it ends.
            self.coroutines = names[number + 1:] or ['leaf']
            self.budget = few(3, 9)
            body = [self.say(), *self.body(2, 4)]
            if self.chance(40):
                body.append(Node(f'return {number}'))
            functions.append((f'async def {names[number]}():', body))
        functions.reverse()
        functions.insert(0, ('async def leaf():', [self.say(), self.sleep()]))
        if self.has('generator'):
            functions.insert(0, ('async def doubles():', [
                Node('async for number in numbers():', [Node('yield number * 2')])]))
            functions.insert(0, ('async def numbers():', [
                Node('try:', [Node('for number in range(3):', [Node('got = yield number'), self.sleep()])],
                     ('finally:', [self.sleep(), self.say()]))]))
        if self.has('callback'):
            functions.insert(0, ('def told(what):', [Node("print(f'told {what.cancelled()}')")]))
            functions.insert(0, ('def told_loudly(what):', [
                Node("print('told loudly')"), Node('raise ValueError(1)')]))
        if self.has('context'):
            preamble.append("variable = contextvars.ContextVar('variable', default=0)")
            functions.insert(0, ('def tell_variable(label):', [
                Node("print(f'{label} {variable.get()}')")]))
        if self.has('pool'):
            preamble.append(f'pool = concurrent.futures.ThreadPoolExecutor({few(1, 2)})')
        if self.has('stack'):
            functions.insert(0, ('@contextlib.asynccontextmanager\nasync def guard():', [
                Node("print('guard')"), Node('try:', [Node('yield')], (
                    'finally:', [self.sleep(), Node("print('unguard')")]))]))
        if self.has('thread'):
            functions.insert(0, ('def job_back(loop, delay, label):', [
                Node('time.sleep(delay)'),
                Node('future = asyncio.run_coroutine_threadsafe(leaf(), loop)'),
                Node('return label')]))
        if self.has('thread') or self.has('pool'):
            functions.insert(0, ('def job(delay, label):', [
                Node('time.sleep(delay)'), Node("print(f'job {label}')"), Node('return label')]))
        self.coroutines = names
        main = []
        if self.has('eager') and self.chance(15):
            main.append(Node("if hasattr(asyncio, 'eager_task_factory'):", [
                Node('asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)')]))
        main += [Node('global future'), Node('future = asyncio.Future()')]
        main += [Node(f'tasks.append(asyncio.create_task({name}()))') for name in names]
        self.budget = few(1, 4)
        if self.chance(50):
            main += self.body(1, 2)
        main += [Node(f'await asyncio.sleep({self.pick("0.03", "0.05", "0.1")})')]
        if self.has('leave') and self.chance(25):
            if self.chance(40):
                main.append(Node('raise KeyError(7)'))
            return Program(preamble, functions, main)
        main += [Node('for task in tasks:', [Node('task.cancel()')]),
                 Node('results = await asyncio.gather(*tasks, return_exceptions=True)'),
                 Node("print(show(results))")]
        return Program(preamble, functions, main)


def make(seed, features=ALL):
    return Maker(seed, features).program()


if __name__ == '__main__':
    import sys
    print(make(int(sys.argv[1]), sys.argv[2].split(',') if len(sys.argv) > 2 else ALL).text())
