"""Moves access ports of one simulated IOS switch with netmiko: each port in a session of its own, then all in one set of
lines. Arguments: port, sessions to try, ports of the one set. Prints seconds as JSON."""
import json
import sys
import time

from netmiko import ConnectHandler

port, sessions, ports = (int(argument) for argument in sys.argv[1:4])
device = dict(device_type="cisco_ios", host="127.0.0.1", port=port, username="admin", password="bench", secret="bench")


def lines(number):
    name = "interface GigabitEthernet1/0/%d" % number
    return [name, "switchport mode access", "switchport access vlan 100"]


def alone(number):
    connection = ConnectHandler(**device)
    connection.enable()
    connection.send_config_set(lines(number))
    connection.save_config()
    connection.disconnect()


def together():
    connection = ConnectHandler(**device)
    connection.enable()
    connection.send_config_set([line for number in range(1, ports + 1) for line in lines(number)])
    connection.save_config()
    connection.disconnect()


def seconds(work, *arguments):
    began = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - began


each = [seconds(alone, number) for number in range(1, sessions + 1)]
print(json.dumps({"port": sum(each) / len(each), "set": seconds(together)}))
